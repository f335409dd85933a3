import { verifyText } from "../../protocol/signature.ts";
import type { StagedLink, Staging } from "../store/staging.ts";
import type { EntryTable } from "../store/store.ts";
import type { Reporter } from "./import-report.ts";

type Chain = {
  readonly probe: string;
  readonly staging: Staging;
  readonly entries: Pick<EntryTable, "at" | "lastBelow">;
  readonly reporter: Pick<Reporter, "refuse" | "gap">;
};

/**
 * Holds the staged entries of a probe against each other and against what is stored. What contradicts (another entry
 * under a stored number, an entry that does not name the hash of the one before it) is told and dropped together with
 * all that follows it without a gap; missing numbers are told as gaps. An archive may begin in the middle of a chain.
 */
export async function dropContradictions({ probe, staging, entries, reporter }: Chain): Promise<void> {
  let before: { seq: number; hash: string } | null = null;
  let why: string | null = null;
  for (const link of walk(staging, probe, "up")) {
    if (before === null || link.seq !== before.seq + 1) {
      const last = Math.max(before?.seq ?? 0, (await entries.lastBelow(probe, link.seq)) ?? 0);
      const stored = await entries.at(probe, link.seq - 1);
      before = stored === null ? null : { seq: link.seq - 1, hash: stored.hash };
      if (last > 0 && last < link.seq - 1) reporter.gap(probe, last + 1, link.seq - 1);
      why = null;
    }
    why ??= await contradiction(link, before, { probe, entries });
    if (why !== null) {
      reporter.refuse(link.line, why);
      staging.drop(probe, link.seq);
    }
    before = link;
  }
}

async function contradiction(
  { seq, hash, prev }: StagedLink,
  before: { hash: string } | null,
  { probe, entries }: Pick<Chain, "probe" | "entries">,
): Promise<string | null> {
  if (before !== null && before.hash !== prev) return `entry ${seq} does not continue entry ${seq - 1}`;
  const stored = await entries.at(probe, seq);
  if (stored !== null && stored.hash !== hash) return `another entry ${seq} of this probe is stored`;
  const next = stored === null ? await entries.at(probe, seq + 1) : null;
  if (next !== null && !next.text.includes(`"prev":"${hash}"`))
    return `the stored entry ${seq + 1} does not continue it`;
  return null;
}

/**
 * Drops what no signature of the probe covers: a signature proves its entry and, through the chain, all before it up
 * to a gap.
 */
export function dropUnproved({ probe, staging, reporter }: Omit<Chain, "entries">, publicKey: string | null): void {
  let proved: { seq: number; prev: string } | null = null;
  for (const link of walk(staging, probe, "down")) {
    const linked: boolean = proved !== null && proved.seq === link.seq + 1 && proved.prev === link.hash;
    if (linked || isSigned(link, publicKey)) {
      proved = link;
      continue;
    }
    proved = null;
    const why = publicKey === null ? "the key of its probe is not known" : "no signature of its probe covers it";
    reporter.refuse(link.line, `${why} (--unsigned takes it all the same)`);
    staging.drop(probe, link.seq);
  }
}

function isSigned({ hash, signature }: StagedLink, publicKey: string | null): boolean {
  return publicKey !== null && signature !== null && verifyText(publicKey, "journal", hash, signature);
}

function* walk(staging: Staging, probe: string, direction: "up" | "down"): Generator<StagedLink> {
  let seq = direction === "up" ? 0 : Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = staging.links(probe, seq, direction);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    seq = last.seq;
  }
}
