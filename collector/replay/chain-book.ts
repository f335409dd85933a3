import { GENESIS } from "../../protocol/chain.ts";

/** An entry's place in its chain. */
export type ChainLink = {
  readonly probe: string;
  readonly seq: number;
  readonly prev: string;
  readonly hash: string;
};

/** `same`: it came before; `fork`: another entry came under its number; `broken`: it does not fit its neighbours. */
export type Placed = "new" | "same" | "fork" | "broken";

/** Entries of one probe without a gap or a break: the chain from `from` to `to` is whole. */
type Run = {
  from: number;
  to: number;
  firstPrev: string;
  lastHash: string;
  /** 31 bits of the hash of each entry, to tell one that comes again from a fork. */
  prints: number[];
  /** The last number that a signature covers. */
  provedTo: number;
};

/** What has been seen of every probe's chain, in any order. It keeps eight bytes an entry. */
export type ChainBook = {
  place: (link: ChainLink) => Placed;
  /** Puts another hash in place of that of the last entry of a run, whose text was not canonical. */
  correct: (link: Pick<ChainLink, "probe" | "seq" | "hash">, hash: string) => void;
  /** Says that a signature of its probe holds over this entry: it proves all before it up to a gap or break. */
  prove: (link: Pick<ChainLink, "probe" | "seq" | "hash">) => void;
  isProved: (link: Pick<ChainLink, "probe" | "seq" | "hash">) => boolean;
  /** Numbers missing between entries that are there, by probe. */
  gaps: () => { probe: string; from: number; to: number }[];
};

/** An empty book. A chain may begin in the middle; number 1 must begin it. */
export function createChainBook(): ChainBook {
  const books = new Map<string, Run[]>();
  const runOf = ({ probe, seq, hash }: Pick<ChainLink, "probe" | "seq" | "hash">): Run | null => {
    const run = books.get(probe)?.[indexOf(books.get(probe) ?? [], seq)];
    return run !== undefined && seq <= run.to && run.prints[seq - run.from] === printOf(hash) ? run : null;
  };
  return {
    place: (link) => {
      const runs = books.get(link.probe) ?? [];
      books.set(link.probe, runs);
      return placeIn(runs, link);
    },
    correct: (link, hash) => {
      const run = runOf(link);
      if (run === null || run.to !== link.seq) return;
      run.lastHash = hash;
      run.prints[run.to - run.from] = printOf(hash);
    },
    prove: (link) => {
      const run = runOf(link);
      if (run !== null) run.provedTo = Math.max(run.provedTo, link.seq);
    },
    isProved: (link) => link.seq <= (runOf(link)?.provedTo ?? 0),
    gaps: () =>
      [...books]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([probe, runs]) =>
          runs.flatMap(({ from }, index) => {
            const before = runs[index - 1];
            return before === undefined || before.to + 1 === from ? [] : [{ probe, from: before.to + 1, to: from - 1 }];
          }),
        ),
  };
}

function placeIn(runs: Run[], { seq, prev, hash }: ChainLink): Placed {
  const index = indexOf(runs, seq);
  const [left, right] = [runs[index], runs[index + 1]];
  const print = printOf(hash);
  if (left !== undefined && seq <= left.to) return left.prints[seq - left.from] === print ? "same" : "fork";
  const continues = left?.to === seq - 1 ? left.lastHash === prev : null;
  const continued = right?.from === seq + 1 ? right.firstPrev === hash : null;
  let run: Run = { from: seq, to: seq, firstPrev: prev, lastHash: hash, prints: [print], provedTo: 0 };
  if (continues === true && left !== undefined) {
    left.to = seq;
    left.lastHash = hash;
    left.prints.push(print);
    run = left;
  } else runs.splice(index + 1, 0, run);
  if (continued === true && right !== undefined) {
    for (const one of right.prints) run.prints.push(one);
    Object.assign(run, { to: right.to, lastHash: right.lastHash, provedTo: Math.max(run.provedTo, right.provedTo) });
    runs.splice(runs.indexOf(right), 1);
  }
  const misfit = continues === false || continued === false || (seq === 1 && prev !== GENESIS);
  return misfit ? "broken" : "new";
}

/** Index of the last run that begins at or before a number; -1 when none does. The last one is tried first. */
function indexOf(runs: readonly Run[], seq: number): number {
  let [low, high] = [0, runs.length];
  if ((runs.at(-1)?.from ?? Number.POSITIVE_INFINITY) <= seq) return runs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle]?.from ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function printOf(hash: string): number {
  return Number.parseInt(hash.slice(0, 8), 16) & 0x7fffffff;
}
