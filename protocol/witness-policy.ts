import { hexOf } from "./bytes.ts";
import { CodedError } from "./coded-error.ts";
import { readWitnessKey } from "./cosignature.ts";
import { type NoteVerifier, readVerifier } from "./note.ts";

/** Whom a reader trusts to have seen a log (C2SP tlog-policy): keys of logs, witnesses, and how many of them are enough. */
export type WitnessPolicy = {
  readonly logs: readonly NoteVerifier[];
  readonly witnesses: readonly PolicyWitness[];
  /** Whether witnesses of these names in the policy are enough. */
  readonly isMet: (cosigned: ReadonlySet<string>) => boolean;
};

/** `label` is its name within the policy, `url` where heads are sent to it. */
export type PolicyWitness = { readonly label: string; readonly key: NoteVerifier; readonly url: string | null };

type Met = (cosigned: ReadonlySet<string>) => boolean;

const CHARACTERS_MAX = 256 * 1024;
const LINES_MAX = 1000;

/** Reads a policy. Error: `bad_input`, naming the line. */
export function readPolicy(text: string): WitnessPolicy {
  const lines = text.split("\n");
  if (text.length > CHARACTERS_MAX || lines.length > LINES_MAX)
    throw new CodedError("bad_input", "The policy is longer than a policy can be.");
  const made: Making = {
    logs: [],
    witnesses: [],
    known: new Map([["none", () => true]]),
    members: new Set(),
    quorum: [],
  };
  for (const [at, line] of lines.entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== "");
    if (words.length === 0 || words[0]?.startsWith("#")) continue;
    const problem = take(words, made);
    if (problem !== null) throw new CodedError("bad_input", `The policy's line ${at + 1}: ${problem}.`);
  }
  const [isMet, ...others] = made.quorum;
  if (isMet === undefined || others.length > 0)
    throw new CodedError("bad_input", "A policy has exactly one line that begins with 'quorum'.");
  return { logs: made.logs, witnesses: made.witnesses, isMet };
}

type Making = {
  readonly logs: NoteVerifier[];
  readonly witnesses: PolicyWitness[];
  /** What each name needs. */
  readonly known: Map<string, Met>;
  /** Names that are in a group: each counts once. */
  readonly members: Set<string>;
  readonly quorum: Met[];
};

/** Takes one line; returns what is wrong with it. */
function take([kind, ...words]: readonly string[], made: Making): string | null {
  switch (kind) {
    case "log":
      return takeLog(words, made);
    case "witness":
      return takeWitness(words, made);
    case "group":
      return takeGroup(words, made);
    case "quorum": {
      const [name = "", ...more] = words;
      const met = made.known.get(name);
      if (met === undefined || more.length > 0) return `'${name}' is neither a witness nor a group of an earlier line`;
      made.quorum.push(met);
      return null;
    }
    default:
      return `'${kind}' is not a word of policies`;
  }
}

function takeLog([text = "", ...more]: readonly string[], { logs }: Making): string | null {
  const key = readVerifier(text);
  if (key === null || more.length > 1) return "expected: log KEY [URL]";
  if (logs.some((other) => isSame(other, key))) return "this key stands twice";
  logs.push(key);
  return null;
}

function takeWitness([label = "", text = "", url, ...more]: readonly string[], made: Making): string | null {
  const key = readWitnessKey(text);
  if (key === null || more.length > 0) return "expected: witness NAME KEY [URL]";
  if (url !== undefined && !URL.canParse(url)) return "the address is none";
  if (made.witnesses.some((other) => isSame(other.key, key))) return "this key stands twice";
  if (made.known.has(label)) return `the name '${label}' stands twice`;
  made.witnesses.push({ label, key, url: url ?? null });
  made.known.set(label, (cosigned) => cosigned.has(label));
  return null;
}

function takeGroup([name = "", rule = "", ...members]: readonly string[], made: Making): string | null {
  const needed = members.map((member) => (member === "none" ? undefined : made.known.get(member)));
  const count = rule === "all" ? members.length : rule === "any" ? 1 : /^[1-9]\d{0,3}$/.test(rule) ? Number(rule) : 0;
  if (made.known.has(name)) return `the name '${name}' stands twice`;
  if (count < 1 || count > members.length) return "expected: group NAME all|any|NUMBER MEMBER…";
  const parts = needed.filter((met) => met !== undefined);
  if (parts.length < members.length) return "a member is not of an earlier line";
  for (const member of members) {
    if (made.members.has(member)) return `'${member}' is a member of two groups`;
    made.members.add(member);
  }
  made.known.set(name, (cosigned) => parts.filter((met) => met(cosigned)).length >= count);
  return null;
}

function isSame(a: NoteVerifier, b: NoteVerifier): boolean {
  return hexOf(a.publicKey) === hexOf(b.publicKey);
}
