import type {
  DnsStep,
  FollowUpPurpose,
  HttpStep,
  TcpStep,
  TlsPurpose,
  TlsStep,
  WebBody,
} from "../../protocol/records/web.ts";
import { endpointText } from "./endpoint.ts";

/** The steps of a measurement as a plain table for a terminal, one line a step in the order of ids. */
export function stepsText(body: Pick<WebBody, "dns" | "tcp" | "tls" | "http">): string {
  const endpointOf = (id: number) => {
    const tcp = body.tcp.find((step) => step.id === id);
    return tcp ? endpointText(tcp) : "?";
  };
  const rows = [
    ...body.dns.map((step) => row(step, "dns", dnsWhat(step), dnsResult(step))),
    ...body.tcp.map((step) => row(step, "tcp", `${endpointText(step)}${purposeText(step)}`, "connected")),
    ...body.tls.map((step) => row(step, "tls", tlsWhat(step, endpointOf(step.tcp)), tlsResult(step))),
    ...body.http.map((step) =>
      row(step, "http", `${step.url} at ${endpointOf(step.tcp)}${purposeText(step)}`, httpResult(step)),
    ),
  ].sort((a, b) => a.id - b.id);
  const width = Math.min(60, Math.max(0, ...rows.map(({ what }) => what.length)));
  return rows
    .map(({ id, kind, what, ms, result }) =>
      [String(id).padStart(3), kind.padEnd(4), what.padEnd(width), `${ms} ms`.padStart(8), result].join("  "),
    )
    .map((line) => `${line}\n`)
    .join("");
}

type AnyStep = DnsStep | TcpStep | TlsStep | HttpStep;

function row(step: AnyStep, kind: string, what: string, success: string) {
  const result =
    step.failure === null ? success : [step.failure, step.raw && `(${step.raw})`].filter(Boolean).join(" ");
  return { id: step.id, kind, what: plain(what), ms: Math.round(step.durationMs), result: plain(result) };
}

function dnsWhat(step: DnsStep): string {
  return `${step.type} ${step.name} from ${step.resolver}${step.server ? ` ${step.server}` : ""}${step.ttl ? ` [${step.ttl} hops]` : ""}`;
}

function dnsResult(step: DnsStep): string {
  const answers = step.answers.map((answer) => answer.data).join(", ");
  const late = step.late.map(({ answers, rcode }) => answers.map(({ data }) => data).join(", ") || rcode);
  return late.length === 0 ? answers : `${answers}; another answer later: ${late.join("; ")}`;
}

function tlsWhat(step: TlsStep, endpoint: string): string {
  return `${step.sni ?? "(no name)"} at ${endpoint}${purposeText(step)}`;
}

function purposeText({ purpose = "target" }: { purpose?: TlsPurpose | FollowUpPurpose | undefined }): string {
  return purpose === "target" ? "" : ` [${purpose}]`;
}

function tlsResult(step: TlsStep): string {
  const trust = step.trusted ? "trusted" : `not trusted: ${step.untrusted ?? "no certificate"}`;
  return `${step.version ?? "TLS"}, ${trust}${step.leaf ? `, from ${step.leaf.issuer}` : ""}`;
}

function httpResult(step: HttpStep): string {
  const title = step.title ? `, "${step.title}"` : "";
  const to = step.location ? `, to ${step.location}` : "";
  return `${step.status ?? "no status"}, ${step.bodyBytes}${step.truncated ? "+" : ""} bytes${title}${to}`;
}

/** Servers choose titles and issuers: no control characters reach the terminal. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, " ");
}
