import { openCheckpoint } from "../../protocol/checkpoint.ts";
import type { NoteVerifier } from "../../protocol/note.ts";
import { parseJson } from "../../protocol/parse.ts";
import type { WitnessPolicy } from "../../protocol/witness-policy.ts";
import { knowledgeHash } from "../analysis/knowledge.ts";
import type { Catalogue } from "../catalogue.ts";
import type { WritePdf } from "../evidence/derived-files.ts";
import { Facts, LogProof } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import { judgeAgain, keysOf } from "../evidence/judge-again.ts";
import { LOG_FILES } from "../evidence/log-files-names.ts";
import { placesByHash } from "../evidence/verdict-texts.ts";
import { bagChecks, enclosedKey, textOf } from "./bag-checks.ts";
import { againChecks, derivedCheck, layoutCheck } from "./claim-checks.ts";
import { countChecks } from "./count-checks.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";
import type { GrowthProof } from "./growth.ts";
import { hashesIn } from "./hash-list.ts";
import type { Beside } from "./judge-beside.ts";
import { logChecks } from "./log-checks.ts";
import { type Records, readArchive, readRecords } from "./records.ts";
import { signedCheck } from "./signed-check.ts";
import { type StampReaders, stampChecks } from "./stamp-checks.ts";
import { readVerdicts, type VerdictLines } from "./verdict-lines.ts";
import { witnessCheck } from "./witness-checks.ts";

export type VerifyOptions = {
  /** The log's key, got another way than with the bundle; null when the reader has none. */
  readonly key: NoteVerifier | null;
  /** A signed head of the log that the reader kept; null when there is none. */
  readonly kept: string | null;
  /** The log's proof between that head and this one, where the bundle has none. */
  readonly growth: GrowthProof | null;
  /** Witnesses whom the reader trusts. */
  readonly policy: WitnessPolicy | null;
  /** Null where stamps cannot be read. */
  readonly stamps: StampReaders | null;
  readonly catalogue: Pick<Catalogue, "knowledge" | "regions"> | null;
  /** Whether to judge the enclosed records again. */
  readonly replay: boolean;
  /** Reading and judging that has begun elsewhere; by default it is done here, after the other checks. */
  readonly judging?: Beside | null;
  readonly writePdf: WritePdf;
  /** Called between checks that take long, so that a page can show how far it is. */
  readonly breathe?: () => Promise<void>;
};

/** Everything that can be said of a bundle, in the order of {@link CHECKS}. Throws for nothing that the files hold. */
export async function verifyBundle(files: Files, options: VerifyOptions): Promise<Finding[]> {
  const { breathe = async () => undefined } = options;
  const bag = bagChecks(files, options.key);
  const facts = parseJson(Facts, textOf(files, "data/incident.json"));
  const proof = parseJson(LogProof, textOf(files, LOG_FILES.proof));
  if (!facts.ok) return [...bag, holdsUnless("facts", facts.problems)];
  if (!proof.ok) return [...bag, holdsUnless("facts", []), holdsUnless("inclusion", proof.problems)];
  await breathe();
  const derived = await derivedCheck(files, facts.value, options.writePdf);
  const records = await enclosedRecords(files, facts.value, options);
  await breathe();
  const verdicts = readVerdicts(files);
  const read: Read = { facts: facts.value, proof: proof.value, records, verdicts };
  const counted = countChecks(files, read);
  return [
    ...bag,
    holdsUnless("facts", []),
    layoutCheck(files, facts.value),
    derived,
    ...logFindings(files, read, options),
    ...(await recordFindings(files, read, options)),
    ...counted,
  ];
}

/** Who judges elsewhere has read the records there. */
async function enclosedRecords(files: Files, { bundle }: Facts, { replay, judging = null }: VerifyOptions) {
  const read = bundle.edition === "originals" ? await judging?.records : null;
  return read ?? readRecords(files, bundle.edition, replay && judging === null);
}

type Read = {
  readonly facts: Facts;
  readonly proof: LogProof;
  readonly records: Records;
  readonly verdicts: VerdictLines;
};

/** What the log, its witnesses and keepers of time say. */
function logFindings(files: Files, { facts, proof, records }: Read, options: VerifyOptions): Finding[] {
  const key = options.key ?? enclosedKey(files);
  if (key === null) return [holdsUnless("head", ["keys/log.vkey"])];
  const { kept, growth, policy } = options;
  const note = textOf(files, LOG_FILES.checkpoint);
  const leaves = hashesIn(records.leaves);
  const checks = logChecks({ note, proof, facts, key, leaves, kept, growth });
  // Earlier heads vouch for this log only if it was found to go on from them.
  const isWhole = checks.every(({ check, state }) => check === "keptHead" || state === "holds");
  const earlier = isWhole ? proof.history.map((head) => head.note) : [];
  const lines = textOf(files, LOG_FILES.cosignatures);
  const all = proof.leaves.reduce((most, place) => Math.max(most, place + 1), 0);
  const bare = [note, ...earlier.map((one) => bareNote(one, key))];
  return [
    ...checks,
    witnessCheck({ notes: [note + lines, ...earlier], key, policy, all }),
    ...stampChecks(files, { key, heads: bare, places: proof.leaves, readers: options.stamps }),
  ];
}

/** A head with the log's own line alone, as it was stamped. */
function bareNote(note: string, key: NoteVerifier): string {
  const cut = note.lastIndexOf("\n\n") + 2;
  const own = note
    .slice(cut)
    .split("\n")
    .filter((line) => line.startsWith(`— ${key.name} `));
  const bare = `${note.slice(0, cut)}${own.map((line) => `${line}\n`).join("")}`;
  return openCheckpoint(bare, key) === null ? note : bare;
}

async function recordFindings(files: Files, { facts, records, verdicts }: Read, options: VerifyOptions) {
  // The public edition has no signed texts: nobody but the collector vouches for what it shows of a record.
  if (facts.bundle.edition === "public")
    return (["entries", "replay", "verdicts"] as const).map((check) => unjudged(check, "--originals"));
  const signed = signedCheck(records.entries, keysOf(records.context));
  await options.breathe?.();
  if (!options.replay || options.catalogue === null)
    return [signed, unjudged("replay", "--no-replay"), unjudged("verdicts", "--no-replay")];
  const placeOf = placesByHash(records.entries.map(({ hash }) => hash));
  const again =
    (await options.judging?.again) ?? (await judgeAgain(records.archive ?? readArchive(files), options.catalogue));
  return [signed, ...againChecks({ facts, verdicts, placeOf }, again, knowledgeHash(options.catalogue.knowledge))];
}
