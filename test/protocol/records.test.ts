import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { check } from "../../protocol/parse.ts";
import { Entry, type EntryKind } from "../../protocol/records/entry.ts";
import { BODIES, entryOf } from "./samples.ts";

const KINDS = Object.keys(BODIES) as EntryKind[];

/** A copy with the value at a path (`tls.0.chain`) replaced, or removed when it is undefined. */
function changed(value: unknown, path: string, to: unknown): unknown {
  const [key = "", ...rest] = path.split(".");
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = rest.length === 0 ? to : changed(copy[key], rest.join("."), to);
  return copy;
}

function problemsOf(value: unknown): string[] {
  const result = check(Entry, value);
  return result.ok ? [] : result.problems;
}

describe("an entry", () => {
  test.each(KINDS)("of kind %s is accepted", (kind) => {
    expect(problemsOf(entryOf(kind))).toEqual([]);
  });

  test.each([
    ["v", 2],
    ["probe", "0123"],
    ["probe", "G".repeat(32)],
    ["seq", 0],
    ["seq", 1.5],
    ["seq", "1"],
    ["prev", "0"],
    ["prev", "A".repeat(64)],
    ["boot", ""],
    ["boot", "b".repeat(65)],
    ["mono", -1],
    ["mono", undefined],
    ["at", "2022-01-05 10:30"],
    ["at", "2022-01-05T10:30:00+06:00"],
    ["at", "2022-02-30T10:30:00Z"],
    ["clock.source", "gps"],
    ["clock.offsetMs", 1e14],
    ["kind", "unknown"],
    ["body", null],
    ["extra", 1],
  ])("whose envelope has %s = %j is refused", (path, to) => {
    expect(problemsOf(changed(entryOf("stop"), path, to)).length).toBeGreaterThan(0);
  });

  test("whose body belongs to another kind is refused", () => {
    for (const kind of KINDS)
      for (const other of KINDS)
        if (kind !== other && !(kind === "im" && other === "web"))
          expect(problemsOf(entryOf(kind, { body: BODIES[other] })).length, `${kind} with ${other}`).toBeGreaterThan(0);
  });
});

const WRONG: [EntryKind, string, unknown][] = [
  ["start", "uptimeS", -1],
  ["start", "previous.end", "crash"],
  ["start", "power", "solar"],
  ["start", "software", "k".repeat(65)],
  ["alive", "beats", 0],
  ["alive", "to", "later"],
  ["link", "state", "down"],
  ["link", "checks.domestic.0.id", ""],
  ["link", "checks.foreign.0.failure", "timeout"],
  ["link", "checks.gateway", undefined],
  ["link", "ports", { "udp/53": "yes" }],
  ["link", "medium", "pigeon"],
  ["web", "target", ""],
  ["web", "round", "not a name"],
  ["web", "durationMs", -1],
  ["web", "dns.0.id", 0],
  ["web", "dns.0.resolver", "udp:example.org"],
  ["web", "dns.0.transport", "carrier"],
  ["web", "dns.0.type", "MX"],
  ["web", "dns.0.failure", "ENOTFOUND"],
  ["web", "dns.0.ttl", 0],
  ["web", "tcp.0.ip", "999.1.1.1"],
  ["web", "tcp.0.port", 65536],
  ["web", "tls.0.purpose", "other"],
  ["web", "tls.0.chain", ["zz"]],
  ["web", "tls.0.answered", undefined],
  ["web", "http.0.status", 99],
  ["web", "http.0.bodySha256", "x"],
  ["web", "http.0.headers", { server: 1 }],
  ["web", "http", undefined],
  ["im", "service", "icq"],
  ["im", "tls", undefined],
  ["speed", "order", "random"],
  ["speed", "control.choice", "nearest"],
  ["speed", "samples.target", [[100]]],
  ["speed", "samples.target", [[100, -1]]],
  ["stop", "reason", 7],
];

describe("a body", () => {
  test.each(WRONG)("of kind %s with %s = %j is refused, and the problem names the place", (kind, path, to) => {
    const [problem] = problemsOf(entryOf(kind, { body: changed(BODIES[kind], path, to) }));
    const top = path.split(".")[0] ?? "";
    expect(problem).toContain(`body.${top}`);
  });

  const many = (count: number, value: unknown) => Array.from({ length: count }, () => value);
  const tooLarge: [EntryKind, string, unknown][] = [
    ["web", "url", `https://orda.kz/${"a".repeat(LIMITS.url)}`],
    ["web", "target", "a".repeat(LIMITS.name + 1)],
    ["web", "tcp", many(LIMITS.stepsPerKind + 1, BODIES.web.tcp[0])],
    ["web", "tls.0.chain", many(LIMITS.certificates + 1, "ab".repeat(32))],
    ["web", "tls.0.leaf.sans", many(LIMITS.sans + 1, "a")],
    ["web", "http.0.title", "t".repeat(LIMITS.title + 1)],
    ["web", "http.0.blockPage", "p".repeat(LIMITS.blockPageBytes + 1)],
    ["web", "http.0.headers", { server: "v".repeat(LIMITS.headerValue + 1) }],
    ["web", "http.0.headers", Object.fromEntries(many(LIMITS.headers + 1, 0).map((_, n) => [`h${n}`, "v"]))],
    ["web", "dns.0.late", many(17, BODIES.web.dns[0]?.late[0])],
    ["link", "checks.domestic", many(LIMITS.checks + 1, BODIES.link.checks.domestic[0])],
    ["link", "ports", Object.fromEntries(many(65, 0).map((_, n) => [`p${n}`, true]))],
    ["speed", "samples.target", many(LIMITS.samples + 1, [1, 1])],
    ["stop", "reason", "r".repeat(LIMITS.text + 1)],
  ];

  test.each(tooLarge)("of kind %s with too large a %s is refused", (kind, path, to) => {
    expect(problemsOf(entryOf(kind, { body: changed(BODIES[kind], path, to) })).length).toBeGreaterThan(0);
  });

  test("of any kind may say more than this version knows, and nothing of it is lost", () => {
    for (const kind of KINDS) {
      const entry = entryOf(kind, { body: { ...BODIES[kind], newerField: { a: [1] } } });
      const result = check(Entry, entry);
      expect(result.ok && canonicalJson(result.value), kind).toBe(canonicalJson(entry));
    }
  });
});
