import { canonicalJson } from "../../protocol/canonical-json.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { IncidentNumber } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { publishedContext } from "./published-context.ts";
import type { Reader } from "./reader.ts";
import type { Incident, Publication, PublishedVersion } from "./types.ts";

/** What picks one published incident: its number, and a version of it, or a moment at which it was the newest. */
export type Pick = { readonly id: string; readonly version?: number | null; readonly asOf: EpochMs | null };

/** Whether a text is written as a number; all other names of incidents are ids of the analysis. */
export function isNumber(id: string): boolean {
  return IncidentNumber.safeParse(id).success;
}

/** The number that an id led to at `asOf` (null: now); null where it led to none then. */
export async function numberAt({ store }: Reader, id: string, asOf: EpochMs | null): Promise<string | null> {
  if (asOf === null) return store.publications.numberOf(id);
  return (await store.publications.heads(asOf)).get(id)?.number ?? null;
}

/** The version that is asked for, and all that stands beside it; null when there is none. */
export async function findPublished(
  reader: Reader,
  { id, version = null, asOf }: Pick,
): Promise<{ shown: PublishedVersion; publication: Publication } | null> {
  const versions = (await reader.store.publications.versions(id)).filter((one) => knownBy(one, asOf));
  const shown = version === null ? versions[0] : versions.find((one) => one.version === version);
  if (shown === undefined) return null;
  return { shown, publication: await publicationOf(reader, versions, shown) };
}

/** What is published of an incident of the analysis, as of a moment (null: now); null while it has no number. */
export async function publicationOfId(
  reader: Reader,
  incident: Incident,
  asOf: EpochMs | null,
): Promise<Publication | null> {
  const number = await numberAt(reader, incident.id, asOf);
  if (number === null) return null;
  return (await findPublished(reader, { id: number, asOf }))?.publication ?? null;
}

async function publicationOf(
  reader: Reader,
  versions: readonly PublishedVersion[],
  shown: PublishedVersion,
): Promise<Publication> {
  const { number, incident } = shown;
  const { bundles, publicUrl = null } = reader;
  const made = bundles?.find(shown) ?? null;
  return {
    ...{ number, versions: [...versions], shown: shown.version, site: publicUrl },
    sha256: sha256Hex(canonicalJson(shown)),
    bundle: made === null ? null : { sha256: made.sha256, bytes: made.bytes },
    ...(await publishedContext(reader, number, incident)),
  };
}

function knownBy({ publishedAt }: PublishedVersion, asOf: EpochMs | null): boolean {
  return asOf === null || Date.parse(publishedAt) <= asOf;
}
