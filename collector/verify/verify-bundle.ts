import type { NoteVerifier } from "../../protocol/note.ts";
import { parseJson } from "../../protocol/parse.ts";
import type { Catalogue } from "../catalogue.ts";
import type { WritePdf } from "../evidence/derived-files.ts";
import { Facts, LogProof } from "../evidence/facts.ts";
import type { Files } from "../evidence/files.ts";
import { judgeAgain, keysOf } from "../evidence/judge-again.ts";
import { bagChecks, enclosedKey, textOf } from "./bag-checks.ts";
import { againChecks, countChecks, derivedCheck, layoutCheck } from "./claim-checks.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";
import { logChecks } from "./log-checks.ts";
import { type Records, readRecords } from "./records.ts";
import { signedCheck } from "./signed-check.ts";

export type VerifyOptions = {
  /** The log's key, got another way than with the bundle; null when the reader has none. */
  readonly key: NoteVerifier | null;
  /** A signed head of the log that the reader kept; null when there is none. */
  readonly kept: string | null;
  readonly catalogue: Pick<Catalogue, "knowledge" | "regions">;
  /** Whether to judge the enclosed records again. */
  readonly replay: boolean;
  readonly writePdf: WritePdf;
};

/** Everything that can be said of a bundle, in the order of {@link CHECKS}. Throws for nothing that the files hold. */
export async function verifyBundle(files: Files, options: VerifyOptions): Promise<Finding[]> {
  const bag = bagChecks(files, options.key);
  const facts = parseJson(Facts, textOf(files, "data/incident.json"));
  const proof = parseJson(LogProof, textOf(files, "log-proof.json"));
  const key = options.key ?? enclosedKey(files);
  if (!facts.ok) return [...bag, holdsUnless("facts", facts.problems)];
  if (!proof.ok) return [...bag, holdsUnless("facts", []), holdsUnless("inclusion", proof.problems)];
  const records = readRecords(files, facts.value.bundle.edition);
  const leaves = records.records.map(({ leaf }) => leaf);
  const note = textOf(files, "checkpoint.txt");
  const log =
    key === null
      ? [holdsUnless("head", ["keys/log.vkey"])]
      : logChecks({ note, proof: proof.value, facts: facts.value, key, leaves, kept: options.kept });
  return [
    ...bag,
    holdsUnless("facts", []),
    layoutCheck(files, facts.value),
    await derivedCheck(files, facts.value, options.writePdf),
    ...log,
    ...(await recordFindings(files, facts.value, records, options)),
    ...countChecks(files, facts.value, records, proof.value),
  ];
}

async function recordFindings(files: Files, facts: Facts, { archive, enclosed }: Records, options: VerifyOptions) {
  // The public edition has no signed texts: nobody but the collector vouches for what it shows of a record.
  if (facts.bundle.edition === "public")
    return (["entries", "replay", "verdicts"] as const).map((check) => unjudged(check, "--originals"));
  const signed = signedCheck(enclosed, keysOf(archive.context));
  if (!options.replay) return [signed, unjudged("replay", "--no-replay"), unjudged("verdicts", "--no-replay")];
  return [signed, ...againChecks(files, facts, await judgeAgain(archive, options.catalogue))];
}
