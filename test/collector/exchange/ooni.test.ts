import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import { runClassifyCommand } from "../../../collector/commands/classify-command.ts";
import { classifyOoni, readOoni } from "../../../collector/exchange/ooni/classify-ooni.ts";
import { readFailure, writeFailure } from "../../../collector/exchange/ooni/failure-names.ts";
import { readReport } from "../../../collector/exchange/ooni/read-report.ts";
import { verdictKeys } from "../../../collector/exchange/ooni/verdict-keys.ts";
import { writeReport } from "../../../collector/exchange/ooni/write-report.ts";
import { FAILURES } from "../../../protocol/failure.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import { VERDICT_CODES, type Verdict } from "../../../protocol/verdict.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { anyBody } from "../analysis/arbitrary.ts";
import { okPage, KNOWLEDGE as RULE_KNOWLEDGE } from "../analysis/build.ts";
import { ANSWERS_ROWS } from "../analysis/rows/answers.ts";
import { DNS_ROWS } from "../analysis/rows/dns.ts";
import { HTTP_ROWS } from "../analysis/rows/http.ts";
import { LOCAL_ROWS } from "../analysis/rows/local.ts";
import { SITE_ROWS } from "../analysis/rows/site.ts";
import { TLS_ROWS } from "../analysis/rows/tls.ts";
import { startCollector } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";
import { FINE, INTERCEPTED, LEGACY_DNS, LEGACY_RESET, SILENT_TLS } from "./ooni-reports.ts";
import { run } from "./run.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

function read(report: object) {
  const measurement = readOoni("report", JSON.stringify(report));
  expect(WebBody.safeParse(measurement.body).error).toBeUndefined();
  expect(WebBody.nullable().safeParse(measurement.control).error).toBeUndefined();
  return measurement;
}

const KNOWLEDGE = knowledgeFrom({ targets: [{ id: "blocked.example", url: "", hostedIn: "DE" }] });
const verdictOf = (report: object) => classifyOoni(read(report), KNOWLEDGE);

describe("a report of a step-by-step probe", () => {
  test("becomes steps that stand on each other", () => {
    const { body, asn, country, at } = read(FINE);
    expect([asn, country, new Date(at).toISOString()]).toEqual([9198, "KZ", "2023-06-01T11:00:00.000Z"]);
    expect(body).toMatchObject({
      target: "blocked.example",
      durationMs: 12_500,
      dns: [
        { resolver: "os", transport: "os", type: "A", failure: null },
        { resolver: "udp:8.8.4.4", transport: "udp", rcode: "NOERROR", answers: [{ data: "192.0.2.7", ttl: 60 }] },
      ],
      tcp: [{ id: 3, failure: null, startMs: 100, durationMs: 50 }, { failure: "network_unreachable" }],
      tls: [{ id: 5, tcp: 3, sni: "blocked.example", version: "TLSv1.3", alpn: "h2", trusted: true, answered: true }],
      http: [{ tcp: 3, tls: 5, status: 200, title: "News of today", bodyBytes: 44 }],
    });
    expect(body.tls[0]?.chain[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(body.http[0]?.headers).toEqual({ server: "nginx", "content-type": "text/html" });
  });

  test("brings its test helper as a control", () => {
    const { control } = read(SILENT_TLS);
    expect(control).toMatchObject({
      url: "https://blocked.example/",
      dns: [{ failure: null, answers: [{ data: "192.0.2.7" }] }],
      tcp: [{ ip: "192.0.2.7", port: 443, failure: null }],
      tls: [{ trusted: true, failure: null }],
      http: [{ status: 200, title: "News", bodyBytes: 5000 }],
    });
  });

  test("with a certificate of somebody else is a handshake that worked and is not trusted", () => {
    expect(read(INTERCEPTED).body.tls).toMatchObject([
      { failure: null, trusted: false, untrusted: "ssl_unknown_authority", answered: true },
    ]);
  });

  test("without a helper, or with one that failed, has no control", () => {
    const { test_keys } = SILENT_TLS;
    expect(read({ ...SILENT_TLS, test_keys: { ...test_keys, control: null } }).control).toBeNull();
    expect(read({ ...SILENT_TLS, test_keys: { ...test_keys, control_failure: "eof_error" } }).control).toBeNull();
  });
});

describe("a report of an earlier probe", () => {
  test("speaks of names of today", () => {
    const { body, control } = read(LEGACY_DNS);
    expect(body.dns).toMatchObject([{ resolver: "os", server: "192.168.0.1:53", failure: "dns_nxdomain_error" }]);
    // The request tells the same once more.
    expect(body.http).toEqual([]);
    expect(control).toMatchObject({ dns: [{ failure: "dns_nxdomain_error" }], http: [{ status: null }] });
  });

  test("that tells of a handshake only through the request gets the handshake", () => {
    const { body, control } = read(LEGACY_RESET);
    expect(body.tls).toMatchObject([{ tcp: body.tcp[0]?.id, failure: "connection_reset", answered: false }]);
    expect(body.http).toEqual([]);
    expect(control).toMatchObject({ tls: [{ trusted: true }], http: [{ status: 200 }] });
    expect(control?.http[0]?.tls).toBe(control?.tls[0]?.id);
  });

  test("does not tell one failure twice", () => {
    const tcp = [{ ip: "192.0.2.7", port: 443, status: { failure: "tcp_timed_out_error", success: false } }];
    const requests = [{ ...LEGACY_RESET.test_keys.requests[0], failure: "generic_timeout_error" }];
    const { body } = read({ ...LEGACY_RESET, test_keys: { ...LEGACY_RESET.test_keys, tcp_connect: tcp, requests } });
    expect(body).toMatchObject({ tcp: [{ failure: "generic_timeout_error" }], tls: [], http: [] });
  });
});

describe("the verdict of a report", () => {
  test.each([
    ["silence after ClientHello, the helper reached it", SILENT_TLS, "tls_drop", "contrasted"],
    ["a page over a valid certificate", FINE, "ok", "self-evident"],
    ["a certificate of somebody else", INTERCEPTED, "tls_mitm", undefined],
    ["a reset in the handshake, earlier dialect", LEGACY_RESET, "tls_reset", "contrasted"],
    ["a name that nobody finds, earlier dialect", LEGACY_DNS, "site_down", undefined],
  ])("of %s", (_what, report, code, strength) => {
    const verdict = verdictOf(report);
    expect(verdict.code).toBe(code);
    if (strength !== undefined) expect(verdict.strength).toBe(strength);
  });

  test("is printed by kuager classify --ooni", async () => {
    const file = join(folder.path, "report.json");
    writeFileSync(file, JSON.stringify(SILENT_TLS));
    let out = "";
    const print = (text: string) => {
      out += text;
    };
    const io = { out: print, err: print, ask: async () => null, env: {}, signal: new AbortController().signal };
    expect(await runClassifyCommand(["--ooni", file, "--json"], io)).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ code: "tls_drop" });
    writeFileSync(file, "{}");
    await expect(runClassifyCommand(["--ooni", file], io)).rejects.toMatchObject({ code: "bad_input" });
  });
});

test.each([
  ["{", "not JSON"],
  ["{}", "test_name"],
  [JSON.stringify({ ...FINE, test_name: "whatsapp" }), "only web_connectivity"],
  [JSON.stringify({ ...FINE, input: "nothing" }), "input"],
  [JSON.stringify({ ...FINE, measurement_start_time: "yesterday" }), "measurement_start_time"],
  [JSON.stringify({ ...FINE, test_keys: null }), "test_keys"],
])("%j is refused by name", (text, problem) => {
  const answer = readReport(text.slice(0, 100_000));
  expect(answer.ok ? "" : answer.problems.join()).toContain(problem);
});

test("any JSON in place of a report's parts is read or refused, never thrown", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(FINE.test_keys)), (value, key) => {
      const report = { ...FINE, test_keys: { ...FINE.test_keys, [key]: [value], control: { [key]: value } } };
      const answer = readReport(JSON.stringify(report));
      if (answer.ok) expect(WebBody.safeParse(answer.value.body).success).toBe(true);
      if (answer.ok && answer.value.control !== null)
        expect(WebBody.safeParse(answer.value.control).error).toBeUndefined();
    }),
  );
});

describe("failure names", () => {
  test.each(FAILURES.map((name) => [name]))("%s comes back from a report as it went", (name) => {
    expect(readFailure(writeFailure(name)).failure).toBe(name);
  });

  test.each([
    [null, null],
    [false, null],
    ["", null],
    [true, "unknown_failure"],
    ["deferred_timeout_error", "generic_timeout_error"],
    ["connection_refused_error", "connection_refused"],
    ["unknown_failure: something in 192.0.2.1", "unknown_failure"],
    ["a name of next year", "unknown_failure"],
  ])("%j is read as %s", (text, name) => {
    expect(readFailure(text).failure).toBe(name);
  });
});

describe("a report of any year", () => {
  const when = (time: object) => {
    const { measurement_start_time, ...rest } = FINE;
    const answer = readReport(JSON.stringify({ ...rest, ...time }));
    return answer.ok ? new Date(answer.value.at).toISOString() : answer.problems.join();
  };
  test.each([
    [{ measurement_start_time: "2023-06-01 11:00:00" }, "2023-06-01T11:00:00.000Z"],
    [{ measurement_start_time: "2023-06-01T11:00:00Z" }, "2023-06-01T11:00:00.000Z"],
    [{ measurement_start_time: "2023-06-01T11:00:00.25" }, "2023-06-01T11:00:00.250Z"],
    [{ measurement_start_time: "2023-06-01T16:00:00+05:00" }, "2023-06-01T11:00:00.000Z"],
    [{ test_start_time: "2016-03-01 10:00:00" }, "2016-03-01T10:00:00.000Z"],
    [{ measurement_start_time: 1456826400.5 }, "2016-03-01T10:00:00.500Z"],
    [{ start_time: 1456826400 }, "2016-03-01T10:00:00.000Z"],
    [{ measurement_start_time: 0 }, "measurement_start_time: no time"],
    [{}, "measurement_start_time: the time is missing"],
  ])("tells its time: %j", (time, expected) => expect(when(time)).toBe(expected));

  test.each([["dns"], ["tcp_ip"], ["http-failure"], ["http-diff"], [false], [true], [null], ["false"], [7]])(
    "is judged anew, whatever it says of blocking: %j",
    (blocking) => {
      const told = { ...SILENT_TLS, test_keys: { ...SILENT_TLS.test_keys, blocking, accessible: String(blocking) } };
      expect(verdictOf(told).code).toBe("tls_drop");
    },
  );

  test("may carry what is not known here: other x_ keys, ip_info, QUIC, network events", () => {
    const { control, ...keys } = SILENT_TLS.test_keys;
    const more = {
      ...{ x_dns_flags: 0, x_blocking_flags: 4, x_null_null_flags: 0, x_conn_priority_log: [{ msg: "", t: 1 }] },
      ...{ x_doh: { queries: [] }, network_events: [{ operation: "read", num_bytes: 5 }] },
      control: {
        ...control,
        ip_info: { "192.0.2.7": { asn: 64496, flags: 11 } },
        ...{ quic_handshake: {}, http3_request: null },
      },
    };
    expect(verdictOf({ ...SILENT_TLS, data_format_version: "0.3.4", test_keys: { ...keys, ...more } })).toEqual(
      verdictOf(SILENT_TLS),
    );
  });
});

describe("a measurement written as a report", () => {
  const parts = { verdict: null, control: null, asn: 9198, networkName: null, country: "KZ", at: 0, record: "" };
  const failures = ({ dns, tcp, tls, http }: WebBody) => ({
    dns: dns.map(({ failure }) => failure),
    tcp: tcp.map(({ failure }) => failure),
    tls: tls.map(
      ({ failure, trusted, untrusted }) => failure ?? untrusted ?? (trusted === false ? "ssl_unknown_authority" : null),
    ),
    http: http.map(({ failure }) => failure),
  });

  test("keeps every step's failure when it is read again", () => {
    const bodies = anyBody.filter(({ url, http }) => URL.canParse(url) && http.every((step) => step.url !== ""));
    fc.assert(
      fc.property(bodies, (body) => {
        const text = JSON.stringify(writeReport({ ...parts, body }));
        const again = readReport(text);
        expect(again.ok ? failures(again.value.body) : again.problems).toEqual(failures(body));
      }),
      { numRuns: 300 },
    );
  });

  // Every situation that a rule has a row for.
  const rows = [...DNS_ROWS, ...TLS_ROWS, ...HTTP_ROWS, ...ANSWERS_ROWS, ...SITE_ROWS, ...LOCAL_ROWS];
  test.each(rows)("gets the same verdict when it is read again: %s", (_says, body, { local = [] }) => {
    const suspects = local.map((kind) => ({ kind, says: kind }));
    const whole = suspects.length > 0 ? { ...body, local: suspects } : body;
    const helped = read(writeReport({ ...parts, body: whole, control: okPage(body.url) })).control;
    for (const control of [null, helped]) {
      const again = read(writeReport({ ...parts, body: whole, control }));
      const before = classifyOoni({ body: whole, control, at: 0 }, RULE_KNOWLEDGE);
      const after = classifyOoni(again, RULE_KNOWLEDGE);
      // The address of the resolver stays here, and with it whether the liar may be the volunteer's own router.
      const strength = (one: Verdict) => (one.stage === "dns" ? "of DNS" : one.strength);
      expect([after.code, after.rule, strength(after)]).toEqual([before.code, before.rule, strength(before)]);
    }
  });

  test.each(["quic_incompatible_version", "android_dns_cache_no_data", "timed_out", "socks_error", "connect_error"])(
    "keeps a failure that is not ours: %s",
    (name) => {
      const read = readFailure(name);
      expect(writeFailure(read.failure, read.raw)).toBe(name);
      expect(writeFailure(read.failure, "connect ECONNREFUSED 192.0.2.1")).not.toContain("192.0.2.1");
    },
  );

  test("keeps verdict and control through both ways", () => {
    for (const report of [SILENT_TLS, FINE, INTERCEPTED, LEGACY_RESET]) {
      const { body, control } = read(report);
      const again = read(writeReport({ ...parts, body, control }));
      expect(classifyOoni(again, KNOWLEDGE).code).toBe(verdictOf(report).code);
      expect(again.control?.tls.map(({ trusted }) => trusted)).toEqual(control?.tls.map(({ trusted }) => trusted));
    }
  });

  test("says in OONI's own place that a certificate does not hold", () => {
    const { tls_handshakes } = writeReport({ ...parts, body: read(INTERCEPTED).body }).test_keys;
    expect(tls_handshakes).toMatchObject([{ failure: "ssl_unknown_authority" }]);
  });

  test("names no resolver of the host, and sums up every verdict in OONI's words", () => {
    const body = { ...read(FINE).body };
    const [step] = body.dns;
    if (step !== undefined) body.dns = [{ ...step, resolver: "system", server: "192.168.7.1:53" }];
    expect(JSON.stringify(writeReport({ ...parts, body }))).not.toContain("192.168.7.1");
    for (const code of VERDICT_CODES) expect([true, false, null]).toContain(verdictKeys(code).accessible);
    expect(verdictKeys("tls_drop")).toMatchObject({ blocking: "http-failure", accessible: false });
    expect(verdictKeys("offline")).toMatchObject({ blocking: null, accessible: null });
  });
});

describe("kuager collector", () => {
  test("exports witnesses' measurements as reports, the control's in the helper's place", async () => {
    const collector = await startCollector({ folder: join(folder.path, "export") });
    const control = await collector.probe({ role: "control", region: "DE", asn: 3320, access: null });
    const witness = await collector.probe();
    for (const probe of [control, witness])
      await post(collector.url, packed(probe.batch([probe.write(webDraft()), probe.write()])));
    await collector.close();
    const { code, out } = await run("export", "--format", "ooni", "--data", collector.folder);
    expect(code).toBe(0);
    const reports = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(reports).toMatchObject([
      {
        ...{ data_format_version: "0.2.0", test_name: "web_connectivity", probe_ip: "127.0.0.1" },
        ...{ probe_asn: "AS9198", probe_cc: "KZ", input: "https://orda.kz/" },
        test_keys: { control: { http_request: { status_code: 200 } }, requests: [{ response: { code: 200 } }] },
      },
    ]);
    expect(out).not.toMatch(new RegExp(`${witness.id}|192\\.168\\.7\\.1|NCALayer listens|KZ-75`));
  });

  test("imports reports once; its collector judges them, and counts nobody as watching", async () => {
    const collector = await startCollector({ folder: join(folder.path, "import") });
    const file = join(folder.path, "reports.jsonl");
    const recent = new Date().toISOString().slice(0, 19).replace("T", " ");
    const good = { ...SILENT_TLS, measurement_start_time: recent };
    const lines = [good, good, { ...FINE, measurement_start_time: recent, probe_cc: "RU" }, { test_name: "dash" }];
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
    const argv = ["import", file, "--format", "ooni", "--json", "--data", collector.folder];
    const first = await run(...argv);
    expect(first.code).toBe(65);
    expect(JSON.parse(first.out)).toMatchObject({
      added: { probes: 2, entries: 2 },
      known: { entries: 2 },
      refused: [{ line: 3 }, { line: 4 }],
    });
    expect(JSON.parse((await run(...argv)).out)).toMatchObject({ added: { probes: 0, entries: 0 } });
    const answer = await fetch(`${collector.url}/api/v1/coverage`);
    expect(await answer.json()).toMatchObject({ cells: [], totals: { witnesses: { known: 0 } } });
    const measurements = await fetch(`${collector.url}/api/v1/measurements`);
    expect(((await measurements.json()) as { measurements: unknown[] }).measurements).toHaveLength(2);
    await collector.close();
  });
});
