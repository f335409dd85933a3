import { isIP } from "node:net";
import { LIMITS } from "../../protocol/limits.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { addressesToDial } from "./addresses.ts";
import { askEverybody } from "./ask.ts";
import { hostOf } from "./endpoint.ts";
import { followUp } from "./follow-up.ts";
import { localSuspects } from "./local-checks.ts";
import { type Measurement, startMeasurement } from "./measurement.ts";
import { type Visit, visit } from "./visit.ts";
import type { WebOptions } from "./web-options.ts";

export { systemResolvers } from "./system-resolvers.ts";
export type { WebOptions } from "./web-options.ts";

/** A page is read whole once; from a name's further addresses only enough to recognise it. */
const FURTHER_BODY_BYTES = 16 * 1024;

/** Room in the record and share of the time that addresses leave for follow-ups. */
const FOLLOW_UP_STEPS = 16;
const FOLLOW_UP_SHARE = 0.4;

/**
 * Measures one web target: DNS by every resolver, then connection, handshake and page at every address, then the same
 * for each redirect, then, when something looked odd, follow-ups and a look at the host itself. Straight on, each step
 * once; a failure never discards what was seen. Ends by itself after `deadlines.totalMs`; whenever the signal aborts, the body returned holds
 * what was seen until then. Throws only for a URL that is not http or https, or a certificate that cannot be read, and for faults of ours.
 */
export async function measureWeb(options: WebOptions, signal: AbortSignal): Promise<WebBody> {
  const m = startMeasurement(options, signal);
  try {
    await followUp(m, await followRedirects(m, new URL(options.url)));
    const local = await localSuspects(m);
    const { target, url, round } = options;
    return { target, url, round, durationMs: m.timer(), ...m.steps, ...(local.length > 0 && { local }) };
  } finally {
    m.close();
  }
}

/** Visits the URL and, hop by hop, where its answers lead. Returns all visits. */
async function followRedirects(m: Measurement, start: URL): Promise<Visit[]> {
  const all: Visit[] = [];
  const queued = new Set([start.href]);
  const queue: { url: URL; from: Visit | null }[] = [{ url: start, from: null }];
  // Different addresses may redirect to different places: a lie's page and the true one are both worth seeing.
  for (let hop = queue.shift(), hops = 0; hop && hops <= LIMITS.redirects; hop = queue.shift(), hops++) {
    const visits = await visitAll(m, hop.url, await addressesFor(m, hop.url, hop.from));
    all.push(...visits);
    for (const from of visits) {
      const { redirect } = from;
      if (redirect === null || queued.has(redirect.href)) continue;
      queued.add(redirect.href);
      queue.push({ url: redirect, from });
    }
  }
  return all;
}

/**
 * Addresses for a hop. A name is asked for once in a measurement; a redirect within the same host and port goes on
 * at the address that gave it.
 */
async function addressesFor(m: Measurement, url: URL, from: Visit | null): Promise<string[]> {
  const host = hostOf(url);
  if (from !== null && from.url.host === url.host && from.url.protocol === url.protocol) return [from.ip];
  if (isIP(host)) return m.isBogon(host) ? [] : [host];
  const asked = m.steps.dns.filter((step) => step.name === host);
  const steps = asked.length > 0 ? asked : await askEverybody(m, host);
  const known = host === hostOf(new URL(m.options.url)) ? m.options.addresses : [];
  return addressesToDial(steps, known, m.isBogon);
}

async function visitAll(m: Measurement, url: URL, addresses: readonly string[]): Promise<Visit[]> {
  const reserveMs = m.options.followups ? m.deadlines.totalMs * FOLLOW_UP_SHARE : 0;
  const visits: Visit[] = [];
  let whole = false;
  for (const ip of addresses) {
    if (m.signal.aborted || m.leftMs() < reserveMs || m.room("tcp") <= FOLLOW_UP_STEPS) break;
    const seen = await visit(m, url, ip, { maxBodyBytes: whole ? FURTHER_BODY_BYTES : LIMITS.bodyBytes });
    visits.push(seen);
    whole ||= seen.http?.failure === null && seen.tls?.trusted !== false;
  }
  return visits;
}
