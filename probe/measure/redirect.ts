import type { Failure } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Where an answer sends the reader: the address as recorded, the URL to follow (http and https only), and a fault. */
export type Redirect = { location: string | null; url: URL | null; failure: Failure | null };

/**
 * Reads the Location header of a 301, 302, 303, 307 or 308 against the URL asked. A location that is no URL or has no
 * host is `http_invalid_redirect_location_host`; one of another scheme is recorded and not followed.
 */
export function redirectTarget(from: URL, status: number | null, location: string | undefined): Redirect {
  if (status === null || !REDIRECTS.includes(status) || location === undefined)
    return { location: null, url: null, failure: null };
  const url = URL.canParse(location, from.href) ? new URL(location, from) : null;
  // A name longer than DNS takes cannot be asked for, nor recorded.
  if (url === null || url.hostname.length > LIMITS.name)
    return {
      location: location.slice(0, LIMITS.url).toWellFormed(),
      url: null,
      failure: "http_invalid_redirect_location_host",
    };
  url.hash = "";
  url.username = "";
  url.password = "";
  const web = url.protocol === "http:" || url.protocol === "https:";
  const follow = web && url.href.length <= LIMITS.url;
  return { location: url.href.slice(0, LIMITS.url), url: follow ? url : null, failure: null };
}
