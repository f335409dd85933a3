import { z } from "zod";
import type { Failure } from "../../../protocol/failure.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { RegistryLookup } from "../../../protocol/publication.ts";

/** What an answer says of a name. */
export type Reading = Pick<RegistryLookup, "status" | "entries"> & { readonly failure: Failure | null };

const Field = z.union([z.string(), z.number(), z.null()]).optional();
/** An entry as the registry gives it; what it says beside these fields is kept with the bytes alone. */
const Entry = z.object({
  id: Field,
  urladdress: z.string().min(1),
  categoryname: Field,
  courtname: Field,
  courtdate: Field,
  document: Field,
});
const ENTRIES_MAX = 64;

/**
 * Reads the answer to the question for a host. Only an answer of the known form, to this very question, says anything: all
 * else (an error page, a captcha, a redirect, entries of other names) is a failure, and never "not listed".
 */
export function readAnswer(host: string, status: number, bytes: Uint8Array): Reading {
  if (status >= 300 && status < 400) return failed("http_unexpected_redirect_url");
  if (status !== 200) return failed("http_unexpected_status_code");
  const entries = parsed(bytes);
  if (entries === null) return failed("json_parse_error");
  // A search for a name gives names that hold it. Others show that something else was answered.
  if (!entries.every(({ urladdress }) => urladdress.toLowerCase().includes(host))) return failed("http_request_failed");
  const own = entries.filter(({ urladdress }) => hostOf(urladdress) === host).slice(0, ENTRIES_MAX);
  if (own.length === 0) return { status: "not_listed", entries: [], failure: null };
  const listed = own.map((entry) => ({
    id: textOf(entry.id),
    name: textOf(entry.urladdress),
    category: textOf(entry.categoryname),
    court: textOf(entry.courtname),
    date: textOf(entry.courtdate),
    document: textOf(entry.document),
  }));
  const named = listed.some(({ court }) => court !== null);
  return { status: named ? "listed_court" : "listed_no_court", entries: listed, failure: null };
}

/** A lookup that says nothing. */
export function failed(failure: Failure): Reading {
  return { status: "lookup_failed", entries: [], failure };
}

/** Host of an address as the registry writes it, with or without scheme, `www.` left out; null where there is none. */
export function hostOf(address: string): string | null {
  const text = address.trim().replace(/^(?![a-z][a-z0-9+.-]*:\/\/)/i, "http://");
  return URL.canParse(text) ? new URL(text).hostname.replace(/^www\./, "") : null;
}

function parsed(bytes: Uint8Array): z.infer<typeof Entry>[] | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const result = z.array(Entry).safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** Blank, or a dash in place of a value, is no value. */
function textOf(value: string | number | null | undefined): string | null {
  const text = String(value ?? "").trim();
  return /^[-–—]?$/.test(text) ? null : text.slice(0, LIMITS.text);
}
