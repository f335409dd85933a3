import type { Parsed } from "../../../protocol/parse.ts";
import { LocalSuspect } from "../../../protocol/records/local.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import { readTcp, readTls } from "./read-connections.ts";
import { readQueries } from "./read-dns.ts";
import { readHelper } from "./read-helper.ts";
import { readRequests } from "./read-requests.ts";
import { Report } from "./report.ts";
import { milliseconds, uuidOf } from "./values.ts";

/** One measurement of an OONI report in our own records. */
export type OoniMeasurement = {
  readonly body: WebBody;
  /** What the test helper saw; null when the report has none. */
  readonly control: WebBody | null;
  readonly asn: number | null;
  /** ISO 3166-1 country of the probe. */
  readonly country: string | null;
  readonly at: number;
  /** The same for the same measurement, however often it is read. */
  readonly key: string;
};

/**
 * Reads a web_connectivity report of any age (data format 0.2.0; failures and test helpers of earlier dialects too).
 * Pure. What has another form than it should is left out; problems are told only where nothing can be made of it.
 */
export function readReport(text: string): Parsed<OoniMeasurement> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const report = Report.safeParse(value);
  if (!report.success) return { ok: false, problems: report.error.issues.slice(0, 8).map(issueText) };
  const { input, measurement_start_time, test_start_time, start_time, probe_asn, probe_cc } = report.data;
  const start = measurement_start_time ?? test_start_time ?? start_time;
  if (start === null || start === undefined)
    return { ok: false, problems: ["measurement_start_time: the time is missing"] };
  const at = timeOf(start);
  if (Number.isNaN(at)) return { ok: false, problems: ["measurement_start_time: no time"] };
  if (!URL.canParse(input)) return { ok: false, problems: ["input: no URL"] };
  const key = ["ooni", report.data.report_id ?? "", probe_asn ?? "", input, start].join(" ");
  const body = readBody(report.data, key);
  const checked = WebBody.safeParse(body);
  if (!checked.success) return { ok: false, problems: checked.error.issues.slice(0, 8).map(issueText) };
  const { control, control_failure } = report.data.test_keys;
  const { target, url, round } = body;
  return {
    ok: true,
    value: {
      body,
      control: control && !control_failure ? readHelper(control, { target, url, round }) : null,
      asn: asnOf(probe_asn),
      country: probe_cc && /^[A-Z]{2}$/.test(probe_cc) && probe_cc !== "ZZ" ? probe_cc : null,
      at,
      key: uuidOf(key),
    },
  };
}

function readBody({ input, test_runtime, test_keys: keys, annotations }: Report, key: string): WebBody {
  let last = 0;
  const nextId = () => ++last;
  const dns = readQueries(there(keys.queries), there(keys.x_dns_duplicate_responses), nextId);
  const tcp = readTcp(there(keys.tcp_connect), nextId);
  const tls = readTls(there(keys.tls_handshakes), tcp, nextId);
  const http = readRequests(there(keys.requests), { tcp, tls, nextId });
  const local = String(annotations?.kuager_local ?? "")
    .split(",")
    .flatMap((kind) => LocalSuspect.safeParse({ kind, says: "told by the report" }).data ?? []);
  return {
    target: new URL(input).hostname.replace(/^\[|\]$/g, "").slice(0, 253) || "unknown",
    url: input,
    round: uuidOf(key),
    durationMs: milliseconds(test_runtime),
    dns,
    tcp: tcp.map(({ step }) => step),
    tls: tls.map(({ step }) => step),
    http,
    ...(local.length > 0 ? { local } : {}),
  };
}

function there<T>(items: readonly (T | null)[] | null | undefined): T[] {
  return (items ?? []).filter((item): item is T => item !== null);
}

/** Milliseconds since 1970 of a time in UTC as OONI's reports of all years write it; NaN for what is none. */
function timeOf(start: string | number): number {
  if (typeof start === "number") return start > 0 && start < 1e11 ? Math.round(start * 1000) : Number.NaN;
  const text = start.trim().replace(" ", "T");
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

function asnOf(text: string | null | undefined): number | null {
  const asn = Number(/^AS(\d{1,10})$/.exec(text ?? "")?.[1] ?? 0);
  return asn > 0 && asn <= 4_294_967_295 ? asn : null;
}

function issueText({ path, message }: { path: PropertyKey[]; message: string }): string {
  return `${path.map(String).join(".") || "(value)"}: ${message}`;
}
