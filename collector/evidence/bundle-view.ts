import { VersionId } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { incidentView, publishedView } from "../api/incident-view.ts";
import { isNumber, numberAt } from "../api/publication-view.ts";
import type { Reader } from "../api/reader.ts";
import type { IncidentView } from "../api/types.ts";
import type { Store } from "../store/store.ts";

/**
 * What a bundle tells of: the newest version of a number, a version by its name (`KZ-2026-0042-v3`), or what the analysis
 * knows of an id that leads to no number. Null when there is none.
 */
export async function bundleView(reader: Reader, name: string): Promise<IncidentView | null> {
  const asOf = reader.now();
  const named = versionNamed(name);
  if (named !== null) return publishedView(reader, { ...named, asOf });
  const number = isNumber(name) ? name : await numberAt(reader, name, asOf);
  return number === null ? incidentView(reader, name, asOf) : publishedView(reader, { id: number, asOf });
}

/** When a version that is named was published: the moment as of which its bundle is made. Null for any other name. */
export async function publishedAt(
  { publications }: Pick<Store, "publications">,
  name: string,
): Promise<EpochMs | null> {
  const named = versionNamed(name);
  if (named === null) return null;
  const version = (await publications.versions(named.id)).find((one) => one.version === named.version);
  return version === undefined ? null : Date.parse(version.publishedAt);
}

function versionNamed(name: string): { readonly id: string; readonly version: number } | null {
  if (!VersionId.safeParse(name).success) return null;
  const [id = "", version] = name.split("-v");
  return { id, version: Number(version) };
}
