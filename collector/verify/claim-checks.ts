import { sameBytes } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { derivedFiles, type WritePdf } from "../evidence/derived-files.ts";
import type { Facts } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import type { Again } from "../evidence/judge-again.ts";
import { layoutOf, OUTSIDE_FOLDER } from "../evidence/layout.ts";
import { RENDERING } from "../evidence/rendering.ts";
import { differing } from "../evidence/verdict-texts.ts";
import { type CheckName, type Finding, holdsUnless, unjudged } from "./finding.ts";
import { VERDICTS, type VerdictLines } from "./verdict-lines.ts";

/** Whether all files of the layout are there, and none besides: what nobody knows of, nobody vouches for. */
export function layoutCheck(files: Files, facts: Facts): Finding {
  const { required, allowed } = layoutOf(facts);
  const missing = required.filter((path) => !files.has(path));
  const unknown = [...files.keys()].filter((path) => !allowed.has(path));
  return holdsUnless("layout", [...missing, ...unknown]);
}

/** Whether report, tables and texts say what incident.json says: made again, they must be the same bytes. */
export async function derivedCheck(files: Files, facts: Facts, writePdf: WritePdf): Promise<Finding> {
  const { software, rendering = 1 } = facts.bundle;
  if (software !== SOFTWARE || rendering !== RENDERING)
    return unjudged("derived", `${software}, ${rendering}`, `${SOFTWARE}, ${RENDERING}`);
  const { data, tags } = await derivedFiles(facts, writePdf);
  const expected = [...[...data].map(([path, bytes]) => [`data/${path}`, bytes] as const), ...tags];
  const others = expected.filter(([path, bytes]) => !isSame(files.get(path), bytes)).map(([path]) => path);
  const outside = facts.outside.filter(
    ({ file, sha256 }) => sha256Hex(files.get(OUTSIDE_FOLDER + file) ?? "") !== sha256,
  );
  return holdsUnless("derived", [...others, ...outside.map(({ file }) => OUTSIDE_FOLDER + file)]);
}

/** What the bundle tells of judging, and where its records stand among those judged again, by their hash. */
type Told = { readonly facts: Facts; readonly verdicts: VerdictLines; readonly placeOf: ReadonlyMap<string, number> };

/**
 * Incident and verdicts by judging the enclosed records again. `known`: hash of what was known in doing so. With other lists than the
 * bundle's, another result says nothing of the records; that incident.json contradicts itself is wrong all the same.
 */
export function againChecks({ facts, verdicts: { told }, placeOf }: Told, again: Again, known: string): Finding[] {
  const { bundle, replay } = facts;
  if (replay === null) return [holdsUnless("replay", ["data/incident.json"])];
  if (replay.rulesVersion !== again.rulesVersion || bundle.software !== SOFTWARE)
    return [unjudged("replay", replay.rulesVersion, again.rulesVersion), unjudged("verdicts", bundle.software)];
  const another: Another = (check, about) =>
    bundle.knowledge === known ? holdsUnless(check, about) : unjudged(check, bundle.knowledge, known);
  const differ = differing(told, again, placeOf);
  return [incidentCheck({ ...facts, replay }, again, another), verdictsCheck(differ, replay.verdictsDiffer, another)];
}

/** What is said when judging again gives another result. */
type Another = (check: CheckName, about: readonly string[]) => Finding;
type Replayed = Facts & { readonly replay: NonNullable<Facts["replay"]> };

function incidentCheck({ incident, replay, window }: Replayed, again: Again, another: Another): Finding {
  const about = ["data/incident.json", ...again.report.refused.map(({ problem }) => problem)];
  const wanted = canonicalJson(incident);
  const isGiven = replay.incidents.some((one) => canonicalJson(one) === wanted);
  if (isGiven !== replay.same) return holdsUnless("replay", about);
  if (canonicalJson(again.incidents) !== canonicalJson(replay.incidents)) return another("replay", about);
  return isGiven ? holdsUnless("replay", []) : unjudged("replay", window.from);
}

function verdictsCheck(differ: number, told: number, another: Another): Finding {
  if (differ !== told) return another("verdicts", [VERDICTS, String(differ)]);
  return differ > 0 ? unjudged("verdicts", String(differ)) : holdsUnless("verdicts", []);
}

function isSame(found: Uint8Array | undefined, expected: Uint8Array): boolean {
  return found !== undefined && sameBytes(found, expected);
}
