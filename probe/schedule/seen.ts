import type { HttpStep, WebBody } from "../../protocol/records/web.ts";
import { hostOf } from "../measure/endpoint.ts";

/** What the web measurements of this process showed of a target, as far as it matters for its speed. */
export type Seen = {
  /** A page that came: its address, where it was had from, and its size; null size when none has come yet. */
  url: string;
  addresses: readonly string[];
  bodyBytes: number | null;
  /** How the last measurement ended: with a page, in silence (blocked, or very slow), or otherwise (speed says nothing). */
  last: "page" | "silence" | "other";
  /** Whether a handshake or page dragged in the last measurement. */
  slow: boolean;
  /** Whether its last pair was slow (see speeds.ts). */
  crawled: boolean;
};

/** Handshakes that were throttled took over 2 s (OONI on Kazakhstan, 2023). */
const SLOW_HANDSHAKE_MS = 2_000;

/**
 * What is known of a target after one more measurement. `listed` are addresses of the target list, for sites of which
 * no certificate has held in this process. Pure.
 */
export function seenAfter(body: WebBody, before: Seen | undefined, listed: readonly string[]): Seen {
  const page = bestPage(body);
  const last = page !== null ? "page" : endsInSilence(body) ? "silence" : "other";
  const crawled = before?.crawled ?? false;
  const signs = { last, slow: isSlow(body), crawled } as const;
  if (page !== null) {
    const { url, bodyBytes } = page;
    return { url, bodyBytes, addresses: addressesOf(body, url), ...signs };
  }
  if (before !== undefined && before.bodyBytes !== null) return { ...before, ...signs };
  const addresses = addressesOf(body, body.url);
  return { url: body.url, bodyBytes: null, addresses: addresses.length > 0 ? addresses : listed, ...signs };
}

/** The largest page that came whole in an ordinary way, under a certificate that holds where there is one. */
function bestPage({ http, tls }: WebBody): HttpStep | null {
  const held = new Set(tls.filter(({ trusted }) => trusted === true).map(({ id }) => id));
  const pages = http.filter(
    (step) =>
      step.failure === null &&
      step.purpose === undefined &&
      step.blockPage === undefined &&
      step.status !== null &&
      step.status >= 200 &&
      step.status < 300 &&
      (step.tls === null || held.has(step.tls)),
  );
  return pages.reduce<HttpStep | null>((best, one) => (one.bodyBytes > (best?.bodyBytes ?? -1) ? one : best), null);
}

/** Addresses that proved to be the site's: by its certificate, or in clear text by a page. */
function addressesOf(body: WebBody, url: string): string[] {
  const { protocol, host } = new URL(url);
  const name = hostOf(new URL(url));
  const proved =
    protocol === "https:"
      ? body.tls.filter(({ trusted, sni, purpose }) => trusted === true && sni === name && purpose === "target")
      : body.http.filter(({ failure, ...step }) => failure === null && new URL(step.url).host === host);
  const lines = new Set(proved.map(({ tcp }) => tcp));
  return [...new Set(body.tcp.filter(({ id }) => lines.has(id)).map(({ ip }) => ip))];
}

function endsInSilence({ tls, http }: WebBody): boolean {
  const silent = http.some(({ failure, purpose }) => failure === "generic_timeout_error" && purpose === undefined);
  return silent || tls.some(({ failure, purpose }) => failure === "generic_timeout_error" && purpose === "target");
}

/** A handshake took seconds, or ended in time out although the server had begun to answer. */
function isSlow({ tls, http }: WebBody): boolean {
  return (
    tls.some(({ purpose, failure, durationMs, answered }) => {
      if (purpose !== "target") return false;
      return failure === null ? durationMs > SLOW_HANDSHAKE_MS : failure === "generic_timeout_error" && answered;
    }) ||
    http.some(
      ({ purpose, failure, status }) => purpose === undefined && failure === "generic_timeout_error" && status !== null,
    )
  );
}
