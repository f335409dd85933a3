import type { Watched } from "../detect/watched-cells.ts";
import type { EpochMs } from "../types.ts";
import type { SoftwareSight } from "./block-evidence.ts";

type Running = { version: string; since: EpochMs; before: string | null };

/** What software every probe runs, by the starts in its journal. */
export type SoftwareBook = {
  started: (probe: string, version: string, at: EpochMs, role: "witness" | "control") => void;
  of: (probe: string) => Running | undefined;
  /** Versions that controls run. */
  controls: () => ReadonlySet<string>;
};

/** Nothing known yet. */
export function createSoftwareBook(): SoftwareBook {
  const running = new Map<string, Running>();
  const controls = new Set<string>();
  return {
    started: (probe, version, at, role) => {
      if (role === "control") controls.add(probe);
      const before = running.get(probe);
      if (before !== undefined && (before.since > at || before.version === version)) return;
      running.set(probe, { version, since: at, before: before?.version ?? null });
    },
    of: (probe) => running.get(probe),
    controls: () => new Set([...controls].flatMap((probe) => running.get(probe)?.version ?? [])),
  };
}

/** A change of software explains what begins so soon after it. */
const SOON_MS = 86_400_000;

/** The software of those who see a block, held against that of those beside them who do not, and of controls. */
export function softwareSight(watched: readonly Watched[], since: EpochMs, book: SoftwareBook): SoftwareSight | null {
  const { seeing, others } = sidesOf(watched, since);
  const theirs = seeing.flatMap((probe) => book.of(probe) ?? []);
  const versions = new Set(theirs.map(({ version }) => version));
  if (theirs.length < 2) return null;
  const beside = others.flatMap((probe) => book.of(probe)?.version ?? []);
  const shared = [...beside, ...book.controls()].some((version) => versions.has(version));
  const only = versions.size === 1 && !shared && beside.length >= 2;
  if (!only && !shared && versions.size === 1) return null;
  const changed = theirs.filter((one) => one.before !== null && one.since <= since && since - one.since <= SOON_MS);
  return { only, since: changed.length * 2 > theirs.length, shared };
}

/** Who mostly found the targets blocked since they were, and who mostly did not: a stray failure makes no witness. */
function sidesOf(watched: readonly Watched[], since: EpochMs): { seeing: string[]; others: string[] } {
  const votes = new Map<string, { blocked: number; all: number }>();
  const count = (probe: string, blocked: number) => {
    const own = votes.get(probe) ?? { blocked: 0, all: 0 };
    votes.set(probe, { blocked: own.blocked + blocked, all: own.all + 1 });
  };
  for (const { log } of watched)
    for (const { round } of log.rounds) {
      if (round.start < since) continue;
      for (const { probe } of round.blocked) count(probe, 1);
      for (const probe of round.open) count(probe, 0);
    }
  const side = (wanted: boolean) =>
    [...votes].flatMap(([probe, { blocked, all }]) => (blocked * 2 >= all === wanted ? [probe] : []));
  return { seeing: side(true), others: side(false) };
}
