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
import { type Finding, holdsUnless, unjudged } from "./finding.ts";
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
 * bundle's, another result says nothing of the records.
 */
export function againChecks(told: Told, again: Again, known: string): Finding[] {
  const findings = judgedAgain(told, again);
  const { knowledge } = told.facts.bundle;
  if (knowledge === known) return findings;
  return findings.map((one) => (one.state === "fails" ? unjudged(one.check, knowledge, known) : one));
}

function judgedAgain({ facts, verdicts: { told }, placeOf }: Told, again: Again): Finding[] {
  const { report, rulesVersion, incidents } = again;
  const refused = report.refused.map(({ problem }) => problem);
  const { replay, incident } = facts;
  if (replay === null) return [holdsUnless("replay", ["data/incident.json"])];
  if (replay.rulesVersion !== rulesVersion || facts.bundle.software !== SOFTWARE)
    return [unjudged("replay", replay.rulesVersion, rulesVersion), unjudged("verdicts", facts.bundle.software)];
  const wanted = canonicalJson(incident);
  const same = incidents.some((found) => canonicalJson(found) === wanted);
  const asTold = canonicalJson(incidents) === canonicalJson(replay.incidents) && same === replay.same;
  const differ = differing(told, again, placeOf);
  return [
    asTold && !same
      ? unjudged("replay", facts.window.from)
      : holdsUnless("replay", asTold ? [] : ["data/incident.json", ...refused]),
    differ === replay.verdictsDiffer && differ > 0
      ? unjudged("verdicts", String(differ))
      : holdsUnless("verdicts", differ === replay.verdictsDiffer ? [] : [VERDICTS, String(differ)]),
  ];
}

function isSame(found: Uint8Array | undefined, expected: Uint8Array): boolean {
  return found !== undefined && sameBytes(found, expected);
}
