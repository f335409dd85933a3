import { hexOf, joined, textOf, utf8 } from "../../protocol/bytes.ts";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { incidentView } from "../api/incident-view.ts";
import type { Reader } from "../api/reader.ts";
import type { IncidentView } from "../api/types.ts";
import { regionOffsets } from "../events/local-time.ts";
import { utc } from "../time.ts";
import { makeBag } from "./bag.ts";
import { freshCheckpoint } from "./checkpoints.ts";
import { derivedFiles } from "./derived-files.ts";
import type { Facts, LogProof } from "./facts.ts";
import type { Files } from "./files.ts";
import { type Edition, type Gathered, gather, history, windowOf } from "./gather.ts";
import { differing, judgeAgain } from "./judge-again.ts";
import { logIdentity } from "./log-identity.ts";

/**
 * The bundle of an incident as known at `reader.now()`: its name and its files. The same store and moment give the same
 * bytes. Error: `bad_input` when no incident has that id.
 */
export async function makeBundle(
  reader: Reader,
  { id, edition }: { id: string; edition: Edition },
): Promise<{ name: string; files: Files }> {
  const { store } = reader;
  const asOf = reader.now();
  const head = await freshCheckpoint(store, asOf);
  const view = await incidentView(reader, id, asOf);
  if (view === null) throw new CodedError("bad_input", `No incident has the id ${id}. Ids stand on the timeline.`);
  const window = windowOf(view.incident, asOf + 1);
  const gathered = await gather(reader, { incident: view.incident, window, size: head.size, edition });
  const identity = await logIdentity(store);
  const root = hexOf(await store.log.root(head.size));
  const facts = await factsOf({
    reader,
    view,
    edition,
    gathered,
    window,
    log: { origin: identity.origin, size: head.size, root },
  });
  const proof = await proofOf(reader, gathered, head.size);
  const derived = derivedFiles(facts);
  const tags = new Map([
    ["checkpoint.txt", utf8(head.note)],
    ["log-proof.json", utf8(`${canonicalJson(proof)}\n`)],
    ...derived.tags,
  ]);
  const data = new Map([["incident.json", utf8(`${canonicalJson(facts)}\n`)], ...gathered.files, ...derived.data]);
  const info = {
    "External-Identifier": facts.bundle.id,
    "Bagging-Date": facts.bundle.made.slice(0, 10),
    "Source-Organization": "Kuager",
  };
  return { name: facts.bundle.id, files: makeBag({ data, tags, info }, identity) };
}

type Parts = {
  reader: Reader;
  view: IncidentView;
  edition: Edition;
  gathered: Gathered;
  window: { from: number; to: number };
  log: Facts["log"];
};

async function factsOf({ reader, view, edition, gathered, window, log }: Parts): Promise<Facts> {
  const { incident, names, asOf } = view;
  const replay = edition === "originals" ? await replayOf(reader, gathered, view) : null;
  const moment = momentsOf(reader, incident.regions[0] ?? "KZ");
  const between = ({ earliest, latest }: { earliest: string; latest: string }) => ({
    earliest: moment(earliest),
    latest: moment(latest),
  });
  const id = `${incident.id}-v${incident.version ?? 1}`;
  return {
    format: "kuager-bundle/1",
    bundle: {
      ...{ id, edition, made: asOf, asOf, software: SOFTWARE, license: view.license, rulesVersion: view.rulesVersion },
      query: `/api/v1/incidents?id=${incident.id}&as_of=${asOf}`,
    },
    incident,
    times: {
      start: between(incident.start),
      end: incident.end === null ? null : between(incident.end),
      detected: moment(incident.detectedAt),
    },
    names: {
      targets: pick(names.targets, incident.targets, ({ kk, ru, en }) => ({ kk, ru, en })),
      regions: pick(names.regions, incident.regions, ({ kk, ru, en }) => ({ kk, ru, en })),
      networks: pick(names.networks, incident.asns.map(String), (name) => name),
    },
    window: { from: utc(window.from), to: utc(window.to) },
    counts: {
      entries: gathered.counts,
      verdicts: gathered.verdicts,
      excluded: gathered.excluded,
    },
    coverage: { points: view.coverage, gaps: view.gaps },
    events: view.events,
    reports: view.reports.map((report) => ({ ...report })),
    earlier: view.earlier,
    // Nothing of this kind is recorded yet: who is responsible never follows from measurements.
    attribution: "none",
    log,
    replay,
  };
}

/** What the enclosed records alone give; the collector may know more, as its records go further back. */
async function replayOf({ catalogue }: Reader, { archive, files }: Gathered, { incident }: IncidentView) {
  const { rulesVersion, incidents, verdicts } = await judgeAgain(archive, catalogue);
  const told = textOf(files.get("verdicts.ndjson") ?? joined())
    .split("\n")
    .slice(0, -1);
  const same = incidents.some((found) => canonicalJson(found) === canonicalJson(incident));
  return { rulesVersion, incidents: [...incidents], same, verdictsDiffer: differing(told, verdicts) };
}

async function proofOf({ store }: Reader, { leaves }: Gathered, size: number): Promise<LogProof> {
  const places = leaves.map(({ leaf }) => leaf);
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  const path = size === 0 ? [] : await store.log.many(sorted, size);
  return {
    format: "kuager-log-proof/1",
    size,
    leaves: places,
    path: path.map(hexOf),
    history: await history(store, size),
  };
}

function momentsOf({ catalogue }: Reader, region: string) {
  const offsetOf = regionOffsets(catalogue.regions);
  return (time: string) => {
    const at = Date.parse(time);
    const offset = offsetOf(region, at);
    const minutes = Math.round(Math.abs(offset) / 60_000);
    const pad = (value: number) => String(value).padStart(2, "0");
    const zone = `UTC${offset < 0 ? "−" : "+"}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
    return { utc: time, local: `${new Date(at + offset).toISOString().slice(0, 19).replace("T", " ")} (${zone})` };
  };
}

function pick<V, T>(
  book: Readonly<Record<string, V>>,
  keys: readonly string[],
  of: (value: V) => T,
): Record<string, T> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = book[key];
      return value === undefined ? [] : [[key, of(value)]];
    }),
  );
}
