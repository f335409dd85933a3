import { LIMITS } from "../../protocol/limits.ts";
import { urlForRecord } from "./privacy.ts";

/** Headers worth keeping: who answered, from where, how fresh, and by whose order. Never cookies. */
const KEPT_HEADERS = [
  "age",
  "cache-control",
  "cf-mitigated",
  "cf-ray",
  "content-encoding",
  "content-language",
  "content-length",
  "content-type",
  "date",
  "last-modified",
  "link",
  "location",
  "retry-after",
  "server",
  "strict-transport-security",
  "transfer-encoding",
  "via",
  "x-cache",
  "x-powered-by",
  "x-squid-error",
] as const;

/** The headers of an answer that the record keeps, each bounded; several values of one name are joined by commas. */
export function keptHeaders(all: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = all[name];
    if (value === undefined) continue;
    const text = name === "location" ? urlForRecord(String(value)) : String(value);
    kept[name] = text.slice(0, LIMITS.headerValue).toWellFormed();
  }
  return kept;
}

/**
 * Text of a body in the charset that its header or, failing that, its first kilobyte names; UTF-8 otherwise. Bytes that
 * do not fit become replacement characters.
 */
export function bodyText(body: Uint8Array, contentType: string | undefined): string {
  const named = charsetIn(contentType ?? "") ?? charsetIn(Buffer.from(body.subarray(0, 1024)).toString("latin1"));
  return decode(body, named ?? "utf-8");
}

/** Title of an HTML page, white space folded; null when there is none. */
export function titleOf(html: string): string | null {
  // By plain searches: an expression for a whole tag takes hours on a page made of "<title<title…".
  const tag = html.search(/<title/i);
  const start = tag < 0 ? -1 : html.indexOf(">", tag);
  if (start < 0) return null;
  const end = html.indexOf("<", start);
  const text = html.slice(start + 1, end < 0 ? undefined : end);
  return text.replace(/\s+/g, " ").trim().slice(0, LIMITS.title).toWellFormed();
}

function charsetIn(text: string): string | null {
  return /charset\s*=\s*["']?([\w-]+)/i.exec(text)?.[1] ?? null;
}

function decode(body: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder("utf-8").decode(body);
  }
}
