import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { messengerOutcome, outcomeOf } from "../../../probe/results/outcome.ts";
import type { DnsStep, HttpStep, TcpStep, TlsStep } from "../../../protocol/records/web.ts";
import { fakeIo, folders, linkBody, openJournal, webBody } from "../support.ts";
import { startDouble } from "../uplink/collector-double.ts";

const temporary = folders();
afterAll(temporary.clean);

const step = { startMs: 0, durationMs: 1, failure: null };
const dns = (more: Partial<DnsStep> = {}): DnsStep => ({
  ...step,
  id: 1,
  resolver: "system",
  server: null,
  transport: "udp",
  name: "a.test",
  type: "A",
  rcode: "NOERROR",
  answers: [],
  late: [],
  ...more,
});
const tcp = (more: Partial<TcpStep> = {}): TcpStep => ({ ...step, id: 2, ip: "192.0.2.1", port: 443, ...more });
const tls = (more: Partial<TlsStep> = {}): TlsStep => ({
  ...step,
  id: 3,
  tcp: 2,
  sni: "a.test",
  purpose: "target",
  version: "TLSv1.3",
  alpn: null,
  chain: [],
  leaf: null,
  trusted: true,
  answered: true,
  ...more,
});
const http = (more: Partial<HttpStep> = {}): HttpStep => ({
  ...step,
  id: 4,
  tcp: 2,
  tls: 3,
  url: "https://a.test/",
  ttfbMs: 1,
  status: 200,
  headers: {},
  location: null,
  bodyBytes: 9,
  bodySha256: null,
  truncated: false,
  title: null,
  ...more,
});

describe("an outcome", () => {
  const timeout = { failure: "generic_timeout_error" as const };
  it.each([
    ["opened", { tcp: [tcp()], tls: [tls()], http: [http()] }],
    ["opened", { tcp: [tcp(timeout), tcp()], tls: [tls()], http: [http({ status: 301 }), http()] }],
    ["refusal", { tcp: [tcp()], tls: [tls()], http: [http({ status: 451 })] }],
    ["notice", { tcp: [tcp()], tls: [], http: [http({ tls: null, blockPage: "blocked" })] }],
    ["stranger", { tcp: [tcp()], tls: [tls({ trusted: false })], http: [http()] }],
    ["noPage", { tcp: [tcp()], tls: [tls()], http: [http({ failure: "connection_reset", status: null })] }],
    ["noSecure", { tcp: [tcp()], tls: [tls({ ...timeout, trusted: null })], http: [] }],
    ["noConnection", { tcp: [tcp(timeout)], tls: [], http: [] }],
    ["noName", { tcp: [], tls: [], http: [] }],
    // What a follow-up reached says nothing of the site itself.
    [
      "noSecure",
      { tcp: [tcp()], tls: [tls({ ...timeout, trusted: null }), tls({ id: 9, purpose: "sni-control" })], http: [] },
    ],
    ["noName", { tcp: [tcp({ purpose: "line-control" })], tls: [], http: [http({ purpose: "line-control" })] }],
  ])("is %s", (outcome, steps) => {
    expect(outcomeOf(steps)).toBe(outcome);
  });

  describe("of a messenger", () => {
    const centre = tcp({ id: 8, ip: "198.51.100.7" });
    const name = dns({ name: "Web.test", answers: [{ type: "A", data: "192.0.2.1", ttl: 60 }] });
    const stranger = tls({ sni: "web.test", trusted: false });
    it.each<[string, string, Partial<Parameters<typeof messengerOutcome>[0]>, boolean]>([
      ["answers", "one data centre that connects", { tcp: [tcp(timeout), centre] }, false],
      ["silent", "no connection", { tcp: [tcp(timeout)] }, false],
      ["silent", "no connection but that of a follow-up", { tcp: [tcp({ purpose: "line-control" })] }, false],
      ["silent", "a handshake with a stranger", { dns: [name], tcp: [tcp()], tls: [stranger] }, false],
      ["silent", "a broken handshake", { tcp: [tcp()], tls: [tls({ ...timeout, trusted: null })] }, false],
      ["answers", "a handshake that holds", { dns: [name], tcp: [tcp()], tls: [tls()] }, false],
      ["silent", "a stranger's page", { tcp: [tcp()], tls: [stranger], http: [http()] }, false],
      ["answers", "a page in clear", { tcp: [tcp()], http: [http({ tls: null })] }, false],
      ["answers", "a stranger at a site and a data centre", { tcp: [tcp(), centre], tls: [stranger] }, false],
      [
        "silent",
        "a second address of a site whose handshake is a stranger's",
        {
          dns: [{ ...name, answers: [...name.answers, { type: "A", data: "198.51.100.7", ttl: 60 }] }],
          tcp: [tcp(), centre],
          tls: [stranger],
        },
        false,
      ],
      [
        "answers",
        "a data centre's name that shares the address of a site",
        { dns: [name, { ...name, name: "centre.test" }], tcp: [tcp(), tcp({ id: 8 })], tls: [stranger] },
        false,
      ],
      ["silent", "a data centre before which a portal stands", { tcp: [centre] }, true],
      ["silent", "a page in clear before which a portal stands", { tcp: [tcp()], http: [http({ tls: null })] }, true],
      ["answers", "a handshake that holds, whatever a portal says", { tcp: [tcp()], tls: [tls()] }, true],
    ])("is '%s' with %s", (outcome, _, steps, portal) => {
      expect(messengerOutcome({ dns: [], tcp: [], tls: [], http: [], ...steps }, portal)).toBe(outcome);
    });
  });
});

function measured() {
  const data = join(temporary.make(), "probe");
  const { journal } = openJournal(data);
  const open = { tcp: [tcp()], tls: [tls()], http: [http()] };
  for (const [target, steps] of [
    ["a.test", open],
    ["b.test", { tcp: [], tls: [], http: [] }],
    ["a.test", { tcp: [tcp()], tls: [tls({ failure: "connection_reset", trusted: null })], http: [] }],
  ] as const)
    journal.append(
      {
        kind: "web",
        body: { ...webBody(target), ...steps, tcp: [...steps.tcp], tls: [...steps.tls], http: [...steps.http] },
      },
      { urgent: true },
    );
  journal.close();
  return data;
}

async function results(...words: string[]) {
  const { io, out } = fakeIo();
  expect(await runProbeCommand(["results", ...words], io)).toBe(0);
  return out();
}

describe("results", () => {
  it("tells the last of each site and stays cautious", async () => {
    const data = measured();
    const text = await results("--data", data);
    expect(text).toContain("a.test: did not open: the secure connection broke off at its beginning");
    expect(text).toContain("b.test: did not open: the address of the site could not be found out");
    expect(text).toContain("Opened or reached: 0 of 2.");
    expect(text).toContain("consistent with");
    expect(text).not.toMatch(/blocked by|because/);
  });

  it("tells the history of one site, newest first", async () => {
    const data = measured();
    const found = JSON.parse(await results("--data", data, "--site", "a.test", "--json")) as { outcome: string }[];
    expect(found.map(({ outcome }) => outcome)).toEqual(["noSecure", "opened"]);
    expect(JSON.parse(await results("--data", data, "--site", "a.test", "--last", "1", "--json"))).toHaveLength(1);
    expect(await results("--data", data, "--site", "c.test")).toContain("kuager probe sites");
  });

  it("counts no bare connection of a messenger while a portal stands before the line", async () => {
    const data = join(temporary.make(), "probe");
    const { journal } = openJournal(data);
    const centre = { service: "telegram" as const, round: webBody().round, durationMs: 1, dns: [], tls: [], http: [] };
    for (const portal of [true, false]) {
      journal.append({ kind: "link", body: { ...linkBody(), portal } }, { urgent: true });
      journal.append({ kind: "im", body: { ...centre, tcp: [tcp()] } }, { urgent: true });
    }
    journal.close();
    const found = JSON.parse(await results("--data", data, "--site", "telegram", "--json")) as { outcome: string }[];
    expect(found.map(({ outcome }) => outcome)).toEqual(["answers", "silent"]);
  });

  it("of a probe that has measured nothing says so", async () => {
    const data = join(temporary.make(), "probe");
    const { url, close } = await startDouble({
      publicKey: "",
      config: { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } },
    });
    await runProbeCommand(["join", `GOOD-CODE-2022@${url}`, "--yes", "--data", data], fakeIo().io);
    await close();
    expect(await results("--data", data, "--lang", "kk")).toBe("Әзірге ештеңе өлшенген жоқ.\n");
  });

  it("of a folder that never joined say how to join, as the status does", async () => {
    const data = temporary.make();
    for (const lang of ["kk", "ru", "en"]) {
      const { io, out } = fakeIo();
      expect(await runProbeCommand(["status", "--data", data, "--lang", lang], io)).toBe(0);
      expect(await results("--data", data, "--lang", lang)).toBe(out());
    }
  });
});
