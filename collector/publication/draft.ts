import type { Incident } from "../../protocol/incident.ts";
import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { utc } from "../time.ts";
import { numberText } from "./number.ts";
import type { PublicationState } from "./types.ts";

/** What a version says beside its place in the row. */
export type Saying = Partial<Pick<PublishedVersion, "changed" | "note" | "erratum" | "other" | "role">> &
  Pick<PublishedVersion, "change"> & { readonly at: EpochMs; readonly rulesVersion: string };

/** The first version under a number. */
export function firstVersion(number: string, incident: Incident, saying: Saying): PublishedVersion {
  return versionOf({ number, version: 1, at: saying.at, incident, saying });
}

/** The version after `latest`. Its time is later, whatever the clock says. */
export function nextVersion(latest: PublishedVersion, incident: Incident, saying: Saying): PublishedVersion {
  const at = Math.max(saying.at, Date.parse(latest.publishedAt) + 1);
  return versionOf({ number: latest.number, version: latest.version + 1, at, incident, saying });
}

type Parts = { number: string; version: number; at: EpochMs; incident: Incident; saying: Saying };

function versionOf({ number, version, at, incident, saying }: Parts): PublishedVersion {
  const { change, changed = [], note = null, erratum = false, other = null, role = null, rulesVersion } = saying;
  return {
    ...{ number, version, publishedAt: utc(at), change, changed, note, erratum, other },
    ...(role !== null && { role }),
    rulesVersion,
    incident,
  };
}

/** Gives numbers in order, within one decision. The year is that of the start (UTC). */
export function numberer({ given }: Pick<PublicationState, "given">): (incident: Incident) => string {
  const counts = new Map(given);
  return ({ start }) => {
    const year = new Date(start.earliest).getUTCFullYear();
    const place = (counts.get(year) ?? 0) + 1;
    counts.set(year, place);
    return numberText(year, place);
  };
}
