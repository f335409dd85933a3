import fc from "fast-check";
import { expect, test } from "vitest";
import { classifyByRules } from "../../../collector/analysis/classify.ts";
import { plainVerdict } from "../../../collector/analysis/plain-verdict.ts";
import { readControl } from "../../../collector/analysis/read/control.ts";
import { LINK_STATES } from "../../../protocol/records/link.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import { anyBody } from "./arbitrary.ts";
import { answer, KNOWLEDGE, okPage, REAL_IP, TRUSTED, tlsDrop, web } from "./build.ts";

/** Asked of several resolvers, without an IPv6 address; by two addresses; of an address in upper case. */
const PLAIN = [
  okPage(),
  web({
    dns: [
      answer(REAL_IP),
      { type: "AAAA", failure: "dns_no_answer", rcode: "NOERROR", answers: [] },
      { resolver: "udp:8.8.8.8" },
      { resolver: "doh:dns.example", transport: "https" },
    ],
    tcp: [{}, { ip: "2001:db8::1" }],
    tls: [TRUSTED],
    http: [{}],
  }),
];
const anyLink = fc.option(
  fc.record({
    state: fc.constantFrom(...LINK_STATES),
    portal: fc.boolean(),
    resolverOk: fc.option(fc.boolean(), { nil: null }),
  }),
  { nil: null },
);
const ODD = [
  ...[null, true, false, -1, 0, 1, 2, 3, 80, 200, 204, 301, 403, 404, 451, 503, "", "orda.kz", "ORDA.KZ.", "hidden.kz"],
  ...["https://orda.kz/", "https://hidden.kz/", "http://orda.kz/", "10.0.0.1", "203.0.113.7", "198.51.100.66"],
  ...["2001:DB8::1", "2001:db8::1", "AAAA", "A", "CNAME", "os", "system", "udp:9.9.9.9", "sni-control", "no-sni"],
  ...["line-control", "target", "host-control", "connection_reset", "generic_timeout_error", "dns_bogon_error"],
  ...["dns_nxdomain_error", "Access restricted", "c".repeat(64), undefined],
];
const anyChange = fc.record({ place: fc.nat(), way: fc.nat(4), odd: fc.constantFrom(...ODD) });
/** A plain body with fields changed, steps doubled, dropped or taken from another: still one that the schema accepts. */
const nearlyPlain = fc
  .tuple(fc.constantFrom(...PLAIN), fc.array(anyChange, { maxLength: 3 }), fc.option(anyBody, { nil: null, freq: 4 }))
  .map(([body, changes, other]) => {
    const copy = structuredClone(body);
    for (const change of changes) spoil(copy, other, change);
    return copy;
  })
  .filter((body) => WebBody.safeParse(body).success);

function spoil(
  body: WebBody,
  other: WebBody | null,
  { place, way, odd }: { place: number; way: number; odd: unknown },
) {
  const kind = (["dns", "tcp", "tls", "http"] as const)[place % 4] ?? "dns";
  const steps: unknown[] = body[kind];
  if (way === 0 && other !== null) return void steps.push(...other[kind]);
  if (way === 1) return void steps.push(...structuredClone(steps.slice(0, 1)));
  if (way === 2 && other?.local !== undefined) body.local = other.local;
  const spots = spotsOf(body);
  const spot = spots[place % spots.length];
  if (spot !== undefined) Reflect.set(spot.holder, spot.name, odd);
}

function spotsOf(value: object): { holder: object; name: string }[] {
  return Object.entries(value).flatMap(([name, member]) => [
    ...(typeof member === "object" && member !== null ? spotsOf(member) : [{ holder: value, name }]),
  ]);
}

test("a plain measurement gets at once the verdict that the rules give, whatever controls and the line say", () => {
  let plain = 0;
  fc.assert(
    fc.property(nearlyPlain, fc.array(anyBody, { maxLength: 3 }), anyLink, (body, others, link) => {
      const verdict = plainVerdict(body);
      if (verdict === null) return;
      plain++;
      const controls = others.map((one, index) => ({ body: one, place: null, measuredAt: index }));
      const asked = classifyByRules({ body, local: [], link }, controls.map(readControl), KNOWLEDGE);
      expect(JSON.stringify(verdict)).toBe(JSON.stringify(asked));
    }),
    { numRuns: 1500 },
  );
  expect(plain).toBeGreaterThan(200);
});

test("a page that came is plain, also where the site has no IPv6 address; a block is not", () => {
  expect([...PLAIN, tlsDrop()].map((body) => plainVerdict(body)?.code)).toEqual(["ok", "ok", undefined]);
});
