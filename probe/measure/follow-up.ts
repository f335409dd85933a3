import { isIP } from "node:net";
import type { Failure } from "../../protocol/failure.ts";
import { isInjected, placeInjector } from "./follow-up-dns.ts";
import { httpTrials } from "./follow-up-http.ts";
import { type InnocentAddresses, innocentAddresses, lineTrial } from "./follow-up-line.ts";
import { tlsTrials } from "./follow-up-tls.ts";
import type { Trial } from "./follow-up-trial.ts";
import type { Measurement } from "./measurement.ts";
import type { Visit } from "./visit.ts";

/** A connection that fails like this met something on its way; the other ways to fail are the host's own. */
const ON_THE_WAY: readonly (Failure | null)[] = [
  "connection_refused",
  "connection_reset",
  "connection_aborted",
  "generic_timeout_error",
];

/** At most so many addresses get a closer look. */
const MOST_ANOMALIES = 3;

/** Whether an address refused or swallowed the connection, or something went wrong after it: worth a closer look. */
export function isAnomalous({ url, tcp, tls, http }: Visit): boolean {
  if (tcp.failure !== null) return ON_THE_WAY.includes(tcp.failure);
  if (url.protocol === "https:" && tls === null) return false;
  if (tls !== null && tls.failure !== null) return tls.failure !== "interrupted";
  if (tls?.trusted === false || http?.blockPage !== undefined) return true;
  return http !== null && http.failure !== null && http.failure !== "interrupted" && http.status === null;
}

/** One anomaly of each sort and address family: the liar's server and the true one may both be among them. */
function representatives(anomalies: readonly Visit[]): Visit[] {
  const sort = ({ ip, tcp, tls, http }: Visit) =>
    [isIP(ip), tcp.failure, tls?.failure, tls?.trusted, http?.failure].join(" ");
  return anomalies
    .filter((one, index) => anomalies.findIndex((other) => sort(other) === sort(one)) === index)
    .slice(0, MOST_ANOMALIES);
}

/**
 * Looks closer at what was odd: what exactly fails at each sort of anomalous address, in random order (a trial may
 * leave a filter in a state that the next one meets), and where false answers of DNS come from. Does nothing when
 * nothing was odd, or when the measurement's options forbid it.
 */
export async function followUp(m: Measurement, visits: readonly Visit[]): Promise<void> {
  const anomalies = representatives(visits.filter(isAnomalous));
  const { followups, random = Math.random, systemResolvers } = m.options;
  if (anomalies.length === 0 && !m.steps.dns.some(isInjected)) return;
  if (!(typeof followups === "function" ? await followups() : followups)) return;
  const innocent = innocentAddresses(m);
  const trials = [...anomalies.flatMap((one) => trialsOf(m, one, innocent)), ...lineTrial(m, anomalies, innocent)];
  for (const trial of shuffled(trials, random)) {
    if (m.signal.aborted) return;
    await trial();
  }
  await placeInjector(m, systemResolvers);
}

function trialsOf(m: Measurement, anomaly: Visit, innocent: InnocentAddresses): Trial[] {
  return [...(anomaly.tls === null ? [] : tlsTrials(m, anomaly, innocent)), ...httpTrials(m, anomaly)];
}

/** A list in random order (Fisher and Yates), as a copy. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const rest = [...list];
  const order: T[] = [];
  while (rest.length > 0) order.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return order;
}
