import type { Reader } from "./reader.ts";
import type { Incident, Publication } from "./types.ts";

/** What is known of the legal basis of a published incident, and what was said of it. */
export async function publishedContext(
  _reader: Reader,
  _number: string,
  _incident: Incident,
): Promise<Pick<Publication, "legal" | "registry" | "statements">> {
  return { legal: [], registry: [], statements: [] };
}
