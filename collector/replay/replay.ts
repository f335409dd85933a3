import type { Incident } from "../../protocol/incident.ts";
import { createAnalysis } from "../analysis/analysis.ts";
import { associate } from "../analysis/associate/associate.ts";
import { createWatch, type OffsetOf } from "../analysis/associate/days.ts";
import type { Association } from "../analysis/associate/findings.ts";
import type { Knowledge } from "../analysis/knowledge.ts";
import type { EpochMs, Judged } from "../analysis/types.ts";
import { regionOffsets } from "../events/local-time.ts";
import { type Chains, createChains, isSigned, type Linked, parsed } from "./admit.ts";
import { inOrder, type OrderedEntries } from "./in-order.ts";
import { archiveItems, type Received } from "./items.ts";
import { readEntry } from "./read-entry.ts";
import { createReplayReport, type ReplayReport, type ReplayReporter } from "./report.ts";
import type { LineSource } from "./source.ts";
import { type Survey, surveyLines } from "./survey.ts";

export type ReplayOptions = {
  /** Take entries that no signature covers. Chains are checked all the same. */
  readonly unsigned: boolean;
  /** What analysis knows beyond the records; `target` lines of the archive are added to it. */
  readonly knowledge: Knowledge;
  /** Regions with their time zones, for the local days of events; others have the capital's time. */
  readonly regions?: readonly { code: string; timeZone: string }[];
  /** Told every verdict, in the order of judging. */
  readonly judged?: (verdicts: readonly Judged[]) => void;
};

/** What replay gives: `output` follows from the records alone, `report` tells of the archive's faults. */
export type Replayed = {
  readonly output: {
    readonly rulesVersion: string;
    readonly incidents: readonly Incident[];
    readonly associations: readonly Association[];
  };
  readonly report: ReplayReport;
};

/** Verdicts that still wait for controls when the archive ends are made with what there is. */
const LAST_VERDICTS_MS = 3_600_000;

/**
 * Judges an archive again (design 4.5 and 11): same records and rules, same result, whatever the order of its lines.
 * The archive is read twice (three times with signatures); what is held is a few numbers an entry, lines that are no
 * entries, and the analysis. Wrong lines are told in the report and left out. Errors: `bad_input` for a file that
 * cannot be opened.
 */
export async function replayLines(source: LineSource, options: ReplayOptions): Promise<Replayed> {
  const reporter = createReplayReport();
  const survey = await surveyLines(source.batches(), reporter);
  const ordered = await inOrder(source, survey.ordered);
  try {
    const proofs = options.unsigned ? null : await proveEntries(ordered, survey);
    return await judge({ ordered, survey, proofs, reporter, options });
  } finally {
    await ordered.close();
  }
}

/** Follows all chains and notes how far signatures cover them. */
async function proveEntries(ordered: OrderedEntries, { keys }: Survey): Promise<Chains> {
  const chains = createChains();
  for await (const batch of ordered.entries())
    for (const line of batch) {
      const linked = chains.link(line);
      if (linked === null) continue;
      const placed = chains.place(linked);
      if (placed !== "fork" && isSigned(linked, keys.get(line.probe))) chains.book.prove(linked);
    }
  return chains;
}

type Judging = {
  ordered: OrderedEntries;
  survey: Survey;
  proofs: Chains | null;
  reporter: ReplayReporter;
  options: ReplayOptions;
};

async function judge({ ordered, survey, proofs, reporter, options }: Judging): Promise<Replayed> {
  const { knowledge, regions = [], judged = () => undefined } = options;
  const offsetOf = regionOffsets(regions);
  const targets = new Map([...knowledge.targets, ...withKnownFacts(survey.targets, knowledge)]);
  const analysis = createAnalysis({ ...knowledge, targets });
  const chains = createChains();
  const entries = admitted({ ordered, chains, proofs, keys: survey.keys, known: knownProbes(survey), reporter });
  const watch = watchOf(survey, offsetOf);
  for await (const items of archiveItems(survey, entries)) {
    for (const item of items) {
      analysis.apply(item);
      if (item.type === "entry") watch.saw(item.entry.probe, item.at, item.at);
    }
    tell(analysis.takeVerdicts(), judged);
  }
  const incidents = analysis.incidents();
  analysis.apply({ type: "tick", at: (survey.end ?? 0) + LAST_VERDICTS_MS });
  tell(analysis.takeVerdicts(), judged);
  for (const gap of chains.book.gaps()) reporter.gap(gap);
  reporter.report.refused.sort((a, b) => a.line - b.line);
  const associations = associate({ incidents, events: survey.events, watched: watch.watched(), offsetOf });
  return { output: { rulesVersion: analysis.rulesVersion, incidents, associations }, report: reporter.report };
}

/** Days on which witnesses were there, from their presences and from what they wrote. */
function watchOf({ probes, presences }: Survey, offsetOf: OffsetOf) {
  const watch = createWatch(offsetOf);
  const regionOf = new Map(probes.filter(({ role }) => role === "witness").map(({ id, region }) => [id, region]));
  const saw = (probe: string, from: EpochMs, to: EpochMs) => {
    const region = regionOf.get(probe);
    if (region != null) watch.saw(region, from, to);
  };
  for (const { probe, from, to } of presences) saw(probe, Date.parse(from), Date.parse(to));
  return { saw, watched: watch.watched };
}

function tell(verdicts: readonly Judged[], judged: (verdicts: readonly Judged[]) => void): void {
  if (verdicts.length > 0) judged(verdicts);
}

/** Targets of the archive; what it does not say of a target (where it is hosted, what is known of it) stands as known. */
function withKnownFacts(told: Survey["targets"], { targets }: Knowledge): Survey["targets"] {
  return new Map(
    [...told].map(([id, fact]) => {
      const known = targets.get(id);
      return [id, { ...known, ...fact, hostedIn: fact.hostedIn ?? known?.hostedIn ?? null }];
    }),
  );
}

function knownProbes({ probes }: Survey): ReadonlySet<string> {
  return new Set(probes.map(({ id }) => id));
}

type Admitting = {
  ordered: OrderedEntries;
  chains: Chains;
  proofs: Chains | null;
  keys: ReadonlyMap<string, string>;
  known: ReadonlySet<string>;
  reporter: ReplayReporter;
};

/** Entries that may be judged, in order, some at a time; what is wrong with the others is told. */
async function* admitted(parts: Admitting): AsyncGenerator<Received[]> {
  const { ordered, chains, reporter } = parts;
  for await (const batch of ordered.entries()) {
    const taken: Received[] = [];
    for (const line of batch) {
      const linked = chains.link(line);
      const entry = linked === null ? null : admit(linked, parts);
      if (linked === null) reporter.refuse(line.number, "entry: expected the fields of a journal entry");
      if (entry !== null) taken.push({ received: line.received, entry });
    }
    yield taken;
  }
}

function admit(linked: Linked, { chains, proofs, keys, known, reporter }: Admitting): Received["entry"] | null {
  const { number, probe, seq } = linked;
  const refuse = (problem: string) => {
    reporter.refuse(number, problem);
    return null;
  };
  if (!known.has(probe)) return refuse(`no line of the archive tells of probe ${probe}`);
  const read = readEntry(parsed(linked.entryText));
  if (!read.ok) return refuse(read.problems.join("; "));
  if (read.value.probe !== probe || read.value.seq !== seq) return refuse("entry: a field stands twice");
  if (proofs !== null && !proofs.book.isProved(linked)) {
    const why = keys.has(probe) ? "no signature of its probe covers it" : "the key of its probe is not in the archive";
    return refuse(`${why} (--unsigned takes it all the same)`);
  }
  const placed = chains.place(linked);
  if (placed === "fork") return refuse(`another entry ${seq} of this probe came before`);
  if (placed === "broken") reporter.broken({ line: number, probe, seq });
  if (placed === "same") reporter.report.repeated += 1;
  return placed === "same" ? null : read.value;
}
