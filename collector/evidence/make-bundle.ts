import { hexOf, joined, textOf, utf8 } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import type { Reader } from "../api/reader.ts";
import type { IncidentView } from "../api/types.ts";
import { makeBag } from "./bag.ts";
import { bundleView } from "./bundle-view.ts";
import { coveringCheckpoint } from "./checkpoints.ts";
import { derivedFiles } from "./derived-files.ts";
import { enclosedEntry, listed } from "./enclosed-entry.ts";
import type { Facts, Outside } from "./facts.ts";
import type { Files } from "./files.ts";
import { type Edition, type Gathered, gather, windowOf } from "./gather.ts";
import { judgeAgain } from "./judge-again.ts";
import { logFiles } from "./log-files.ts";
import { logIdentity } from "./log-identity.ts";
import { makeFacts } from "./make-facts.ts";
import { reportPdf } from "./report/pdf.ts";
import { differing, placesByHash, toldVerdicts } from "./verdict-texts.ts";

/** An answer of another project as it was received; `file` is its name below context/thirdparty/. */
export type OutsideAnswer = Omit<Outside, "sha256"> & { readonly bytes: Uint8Array };

export type BundleChoice = {
  readonly id: string;
  readonly edition: Edition;
  readonly outside?: readonly OutsideAnswer[];
};

/**
 * The bundle of an incident as known at `reader.now()`: its name and its files. It tells of a number what the version tells
 * that it is named after, be that merged, split or withdrawn. The same store and moment give the same bytes. Error:
 * `bad_input` when no incident has that id.
 */
export async function makeBundle(
  reader: Reader,
  { id, edition, outside = [] }: BundleChoice,
): Promise<{ name: string; files: Files }> {
  const { store } = reader;
  const asOf = reader.now();
  const view = await bundleView(reader, id);
  if (view === null)
    throw new CodedError(
      "bad_input",
      `No incident has the id or number ${id}. Both stand on its page and in /api/v1/incidents.`,
    );
  const head = await coveringCheckpoint(store, asOf);
  const window = windowOf(view.incident, asOf + 1);
  const gathered = await gather(reader, { incident: view.incident, window, size: head.size, edition });
  const identity = await logIdentity(store);
  const facts = await makeFacts({
    ...{ reader, view, edition, gathered, window },
    outside: outside.map(({ bytes, ...told }) => ({ ...told, sha256: sha256Hex(bytes) })),
    log: { origin: identity.origin, size: head.size, root: hexOf(await store.log.root(head.size)) },
    replay: edition === "originals" ? await replayOf(reader, gathered, view) : null,
  });
  const places = gathered.leaves.map(({ leaf }) => leaf);
  const derived = await derivedFiles(facts, reportPdf);
  const tags = new Map([...(await logFiles(store, { head, places, identity })), ...derived.tags]);
  const data = new Map<string, Uint8Array>([
    ["incident.json", utf8(`${canonicalJson(facts)}\n`)],
    ...gathered.files,
    ...derived.data,
    ...outside.map(({ file, bytes }) => [`context/thirdparty/${file}`, bytes] as const),
  ]);
  const info = {
    "External-Identifier": facts.bundle.id,
    "Bagging-Date": facts.bundle.made.slice(0, 10),
    "Source-Organization": "Kuager",
  };
  return { name: facts.bundle.id, files: makeBag({ data, tags, info }, identity) };
}

/** What the enclosed records alone give; the collector may know more, as its records go further back. */
async function replayOf(
  { catalogue }: Reader,
  { archive, files }: Gathered,
  { incident }: IncidentView,
): Promise<Facts["replay"]> {
  const entries = archive.entries.flatMap((line) => enclosedEntry(line) ?? []);
  const again = await judgeAgain({ context: archive.context, entries: listed(entries) }, catalogue);
  const { rulesVersion, incidents } = again;
  const told = textOf(files.get("verdicts.ndjson") ?? joined())
    .split("\n")
    .slice(0, -1);
  const same = incidents.some((found) => canonicalJson(found) === canonicalJson(incident));
  const verdictsDiffer = differing(toldVerdicts(told), again, placesByHash(entries.map(({ hash }) => hash)));
  return { rulesVersion, incidents: [...incidents], same, verdictsDiffer };
}
