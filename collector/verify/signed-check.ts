import { GENESIS } from "../../protocol/chain.ts";
import { verifyText } from "../../protocol/signature.ts";
import type { ChainedEntry } from "../evidence/enclosed-entry.ts";
import { type Finding, holdsUnless, unjudged } from "./finding.ts";

/**
 * Whether every record is signed by its probe and stands in its chain. A signature covers its entry and, as each names
 * the hash of the one before, all before it up to a gap: so one that holds is enough for a whole run. Probes that
 * are told without a key (taken over from an unsigned archive) cannot be judged. Numbers that are not enclosed are told.
 */
export function signedCheck(enclosed: readonly ChainedEntry[], keys: ReadonlyMap<string, string | null>): Finding {
  const byProbe = new Map<string, ChainedEntry[]>();
  for (const entry of enclosed) {
    const own = byProbe.get(entry.probe);
    if (own === undefined) byProbe.set(entry.probe, [entry]);
    else own.push(entry);
  }
  const faults: string[] = [];
  const gaps: string[] = [];
  const keyless: string[] = [];
  for (const [probe, entries] of byProbe) {
    const key = keys.get(probe);
    if (key === undefined) faults.push(...entries.map(nameOf));
    else if (key === null) keyless.push(probe);
    else for (const run of runsOf(entries, faults, gaps)) faults.push(...uncovered(run, key));
  }
  if (faults.length === 0 && keyless.length > 0) return unjudged("entries", ...keyless);
  return holdsUnless("entries", faults, [String(enclosed.length), ...gaps]);
}

/** Entries of one probe, cut where numbers are missing. */
function runsOf(entries: ChainedEntry[], faults: string[], gaps: string[]): ChainedEntry[][] {
  const runs: ChainedEntry[][] = [];
  let before: ChainedEntry | null = null;
  for (const entry of entries.sort((a, b) => a.seq - b.seq)) {
    const follows = before !== null && entry.seq === before.seq + 1;
    if (follows ? entry.prev !== before?.hash : entry.seq === 1 && entry.prev !== GENESIS) faults.push(nameOf(entry));
    if (before !== null && entry.seq === before.seq) faults.push(nameOf(entry));
    if (before !== null && entry.seq > before.seq + 1) gaps.push(`${entry.probe}/${before.seq + 1}–${entry.seq - 1}`);
    if (follows) runs.at(-1)?.push(entry);
    else runs.push([entry]);
    before = entry;
  }
  return runs;
}

/** Entries of a run behind the last signature that holds; none where the last entry is signed. */
function uncovered(run: readonly ChainedEntry[], key: string): string[] {
  for (let last = run.length - 1; last >= 0; last--) {
    const { hash = "", signature = null } = run[last] ?? {};
    if (signature !== null && verifyText(key, "journal", hash, signature)) return run.slice(last + 1).map(nameOf);
  }
  return run.map(nameOf);
}

function nameOf({ probe, seq }: ChainedEntry): string {
  return `${probe}/${seq}`;
}
