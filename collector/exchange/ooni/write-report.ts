import type { WebBody } from "../../../protocol/records/web.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import { writeFailure } from "./failure-names.ts";
import { verdictKeys } from "./verdict-keys.ts";
import { writeHelper } from "./write-helper.ts";
import { writeSteps } from "./write-steps.ts";

export type ReportParts = {
  readonly body: WebBody;
  readonly verdict: Verdict | null;
  /** A control's measurement of the same target, nearest in time. */
  readonly control: WebBody | null;
  readonly asn: number | null;
  readonly networkName: string | null;
  readonly country: string | null;
  /** True time of the measurement, milliseconds since 1970. */
  readonly at: number;
  /** Hash of the signed entry. */
  readonly record: string;
};

/**
 * A measurement as an OONI web_connectivity report (df-000, data format 0.2.0), failures by the names of df-007. No
 * address of the volunteer or of the resolver the host uses, and no place finer than the country, is in it.
 */
export function writeReport({ body, verdict, control, asn, networkName, country, at, record }: ReportParts) {
  const time = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  return {
    annotations: annotationsOf({ body, verdict, record }),
    data_format_version: "0.2.0",
    extensions: { dnst: 0, httpt: 0, netevents: 0, tcpconnect: 0, tlshandshake: 0 },
    input: body.url,
    ...{ measurement_start_time: time, test_start_time: time, test_runtime: body.durationMs / 1000, options: [] },
    ...{ probe_asn: `AS${asn ?? 0}`, probe_cc: country ?? "ZZ", probe_ip: "127.0.0.1" },
    probe_network_name: networkName ?? "",
    // What OONI writes where the resolver is not known.
    ...{ resolver_asn: "AS0", resolver_ip: "127.0.0.2", resolver_network_name: "" },
    report_id: "",
    ...{ software_name: "kuager", software_version: "0.1.0", test_helpers: {} },
    ...{ test_name: "web_connectivity", test_version: "0.5.0" },
    test_keys: {
      ...writeSteps(body),
      ...{ agent: "redirect", client_resolver: "", retries: null, socksproxy: null, network_events: [] },
      control: control === null ? null : writeHelper(control),
      control_failure: control === null ? "unknown_failure: no control" : null,
      ...outcomes(body, verdict),
      ...{
        body_proportion: 0,
        body_length_match: null,
        headers_match: null,
        status_code_match: null,
        title_match: null,
      },
      ...verdictKeys(verdict?.code ?? null),
    },
  };
}

function annotationsOf({ body, verdict, record }: Pick<ReportParts, "body" | "verdict" | "record">) {
  const kinds = (body.local ?? []).map(({ kind }) => kind);
  return {
    ...{ engine_name: "kuager", engine_version: "0.1.0", kuager_record: record },
    ...(verdict === null
      ? {}
      : {
          kuager_verdict: verdict.code,
          kuager_strength: verdict.strength,
          kuager_rule: verdict.rule,
          kuager_rules_version: verdict.rulesVersion,
        }),
    ...(kinds.length > 0 ? { kuager_local: kinds.join(",") } : {}),
  };
}

/** The outcome of the host's own resolver, and of the request, or of the layer at which it ended. */
function outcomes({ dns, tcp, tls, http }: WebBody, verdict: Verdict | null) {
  const system = dns.filter(({ resolver, ttl }) => ttl === undefined && (resolver === "system" || resolver === "os"));
  const answered = system.some(({ failure }) => failure === null);
  const reached = http.some(({ failure }) => failure === null);
  const last = [...tcp, ...tls.filter(({ purpose }) => purpose === "target"), ...http].findLast(
    ({ failure }) => failure !== null,
  );
  const consistency = verdict?.code === "dns_tamper" ? "inconsistent" : answered ? "consistent" : null;
  return {
    dns_experiment_failure: answered ? null : writeFailure(system[0]?.failure ?? null),
    dns_consistency: consistency,
    http_experiment_failure: reached ? null : writeFailure(last?.failure ?? null),
  };
}
