import { hostOf } from "./endpoint.ts";
import type { Trial } from "./follow-up-trial.ts";
import type { Measurement } from "./measurement.ts";
import { type Visit, visit } from "./visit.ts";

/** Enough of a page to recognise it. */
const BODY_BYTES = 16 * 1024;
/** Whether another port is open shows sooner than whether a far site is up. */
const TCP_MS = 5_000;

/**
 * Trials in clear and at the other port: the site over http when https failed and the reverse, and, when a request in
 * clear failed or was answered by a block page, the same request with an innocent Host at the same address.
 */
export function httpTrials(m: Measurement, anomaly: Visit): Trial[] {
  const trials: Trial[] = [];
  const other = otherScheme(m, anomaly.url);
  if (other !== null) trials.push(() => look(m, other, anomaly.ip, "other-port"));
  const control = innocentHost(m, anomaly);
  if (control !== null && anomaly.http !== null) trials.push(() => look(m, control, anomaly.ip, "host-control"));
  return trials;
}

async function look(m: Measurement, url: URL, ip: string, purpose: "other-port" | "host-control"): Promise<void> {
  if (m.signal.aborted || m.room("tcp") === 0 || m.room("http") === 0) return;
  await visit(m, url, ip, { maxBodyBytes: BODY_BYTES, purpose, tcpMs: Math.min(TCP_MS, m.deadlines.tcpMs) });
}

/** The same page by the other scheme. A site on a port of its own has none, unless a laboratory names one. */
function otherScheme(m: Measurement, url: URL): URL | null {
  const { otherPorts } = m.options;
  if (url.port !== "" && otherPorts === undefined) return null;
  const { http, https } = otherPorts ?? { http: 80, https: 443 };
  const [scheme, port] = url.protocol === "https:" ? ["http", http] : ["https", https];
  return new URL(`${scheme}://${url.hostname}:${port}${url.pathname}${url.search}`);
}

function innocentHost(m: Measurement, { url }: Visit): URL | null {
  const { controlSni } = m.options;
  if (url.protocol !== "http:" || controlSni === null || controlSni === hostOf(url)) return null;
  return new URL(`http://${controlSni}${url.port === "" ? "" : `:${url.port}`}/`);
}
