import { canonicalJson } from "../../protocol/canonical-json.ts";
import { CodedError } from "../../protocol/coded-error.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { csv } from "../api/csv.ts";
import { incidentView } from "../api/incident-view.ts";
import type { Reader } from "../api/reader.ts";
import type { IncidentView, Language } from "../api/types.ts";
import { regionOffsets } from "../events/local-time.ts";
import { replayLines } from "../replay/replay.ts";
import { textSource } from "../replay/source.ts";
import { utc } from "../time.ts";
import { makeBag } from "./bag.ts";
import { citations, errataText, LEFT_OUT, LIMITATIONS, METHODOLOGY, VERIFY_TEXTS } from "./bundle-texts.ts";
import { freshCheckpoint } from "./checkpoints.ts";
import type { Facts, LogProof } from "./facts.ts";
import type { Files } from "./files.ts";
import { type Edition, type Gathered, gather, history, windowOf } from "./gather.ts";
import { logIdentity } from "./log-identity.ts";
import { reportHtml } from "./report.ts";

const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];

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
  const root = Buffer.from(await store.log.root(head.size)).toString("hex");
  const facts = await factsOf({
    reader,
    view,
    edition,
    gathered,
    window,
    log: { origin: identity.origin, size: head.size, root },
  });
  const proof = await proofOf(reader, gathered, head.size);
  const { cff, bib } = citations(facts);
  const tags = new Map([
    ["checkpoint.txt", text(head.note)],
    ["log-proof.json", text(`${canonicalJson(proof)}\n`)],
    ["CITATION.cff", text(cff)],
    ["citation.bib", text(bib)],
    ...LANGUAGES.map((language) => [`VERIFY.${language}.txt`, text(VERIFY_TEXTS[language])] as const),
  ]);
  const info = {
    "External-Identifier": facts.bundle.id,
    "Bagging-Date": facts.bundle.made.slice(0, 10),
    "Source-Organization": "Kuager",
  };
  return { name: facts.bundle.id, files: makeBag({ data: dataFiles(facts, gathered), tags, info }, identity) };
}

function dataFiles(facts: Facts, gathered: Gathered): Files {
  const { bundle, coverage, events, reports } = facts;
  const software = { software: bundle.software, rulesVersion: bundle.rulesVersion, node: process.versions.node };
  return new Map([
    ...LANGUAGES.map((language) => [`report.${language}.html`, text(reportHtml(facts, language))] as const),
    ["incident.json", text(`${canonicalJson(facts)}\n`)],
    ...gathered.files,
    ["coverage.csv", text(csv(COVERAGE_COLUMNS, coverage.points))],
    ["context/events.csv", text(csv(EVENT_COLUMNS, events))],
    ["context/reports.json", text(`${canonicalJson(reports)}\n`)],
    ["methodology.md", text(METHODOLOGY)],
    ["limitations.md", text(LIMITATIONS)],
    ["left-out.md", text(LEFT_OUT[bundle.edition])],
    ["software.json", text(`${canonicalJson(software)}\n`)],
    ["custody.ndjson", text(custody(facts))],
    ["errata.md", text(errataText(facts))],
  ]);
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
  const replay = edition === "originals" ? await replayOf(reader, gathered.archive, view) : null;
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

/** What the enclosed records alone give; a whole archive may say more, as it goes further back. */
async function replayOf({ catalogue }: Reader, archive: readonly string[], { incident }: IncidentView) {
  const { knowledge, regions } = catalogue;
  const { output } = await replayLines(textSource(archive), { unsigned: false, knowledge, regions });
  const same = output.incidents.some((found) => canonicalJson(found) === canonicalJson(incident));
  return { rulesVersion: output.rulesVersion, incidents: [...output.incidents], same };
}

async function proofOf({ store }: Reader, { leaves }: Gathered, size: number): Promise<LogProof> {
  const places = leaves.map(({ leaf }) => leaf);
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  const path = size === 0 ? [] : await store.log.many(sorted, size);
  return {
    format: "kuager-log-proof/1",
    size,
    leaves: places,
    path: path.map((hash) => Buffer.from(hash).toString("hex")),
    history: await history(store, size),
  };
}

function custody({ bundle, incident, log, window }: Facts): string {
  const steps = [
    { at: window.from, what: "first moment from which records are enclosed, as the collector received them" },
    { at: window.to, what: "moment up to which records are enclosed" },
    { at: incident.detectedAt, what: "the incident was noticed by the rules" },
    { at: bundle.asOf, what: `the head of the log ${log.origin} over ${log.size} records was signed` },
    { at: bundle.made, what: `this bundle was made by ${bundle.software}` },
  ];
  return steps.map((step) => `${canonicalJson(step)}\n`).join("");
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

const COVERAGE_COLUMNS = (["from", "to", "min", "max", "expected"] as const).map((name) => ({
  name,
  of: (row: Facts["coverage"]["points"][number]) => row[name],
}));
const EVENT_COLUMNS = (
  ["id", "kind", "sanctioned", "place", "title", "start", "end", "precision", "source"] as const
).map((name) => ({ name, of: (row: Facts["events"][number]) => row[name] }));

function text(content: string): Buffer {
  return Buffer.from(content, "utf8");
}
