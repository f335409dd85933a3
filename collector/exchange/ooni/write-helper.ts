import type { WebBody } from "../../../protocol/records/web.ts";
import { writeFailure } from "./failure-names.ts";
import { writeEndpoint } from "./values.ts";

/** A control's measurement in the form of a test helper's answer. */
export function writeHelper({ dns, tcp, tls, http }: WebBody) {
  const first = dns.filter(({ ttl }) => ttl === undefined);
  const addresses = first.flatMap(({ answers }) => answers).filter(({ type }) => type === "A" || type === "AAAA");
  const own = tls.filter(({ purpose }) => purpose === "target");
  const page = http.find(({ failure, location }) => failure === null && location === null) ?? http.at(-1);
  const byId = new Map(tcp.map((step) => [step.id, step]));
  return {
    dns: {
      failure: addresses.length > 0 ? null : writeFailure(first[0]?.failure ?? null, first[0]?.raw),
      addrs: [...new Set(addresses.map(({ data }) => data))],
    },
    tcp_connect: Object.fromEntries(
      successLast(tcp).map((step) => [
        writeEndpoint(step),
        { status: step.failure === null, failure: writeFailure(step.failure, step.raw) },
      ]),
    ),
    tls_handshake: Object.fromEntries(
      successLast(own).flatMap(({ tcp: under, sni, failure, untrusted, trusted }) => {
        const step = byId.get(under);
        const why = writeFailure(failure ?? (trusted === false ? (untrusted ?? "ssl_unknown_authority") : null));
        return step === undefined
          ? []
          : [[writeEndpoint(step), { server_name: sni ?? "", status: why === null, failure: why }]];
      }),
    ),
    http_request: {
      failure: page === undefined ? "http_request_failed" : writeFailure(page.failure, page.raw),
      status_code: page?.status ?? -1,
      body_length: page?.bodyBytes ?? -1,
      title: page?.title ?? "",
      headers: page?.headers ?? {},
    },
    ip_info: {},
  };
}

/** An address tried twice counts as it went when it went well. */
function successLast<S extends { failure: unknown }>(steps: readonly S[]): S[] {
  return [...steps.filter(({ failure }) => failure !== null), ...steps.filter(({ failure }) => failure === null)];
}
