import type { Settings } from "../settings.ts";
import type { Counted } from "./round.ts";

type Tally = { fails: number; trials: number };

/** What all cells of one target share: the parent that cells with little record of their own are drawn to. */
export type TargetShare = Tally;

/** How often a cell's probes fail while nothing is blocked, and how far their failures go together. */
export type Baseline = {
  /** A quiet vote: it teaches at once. */
  learn: (probe: string, failed: boolean) => void;
  /** A quiet round has ended: `k` of `n` failed together. */
  learnRound: (k: number, n: number) => void;
  /** A probe's own failure share. */
  shareOf: (probe: string) => number;
  /** Mean of the shares of voters. */
  meanOf: (votes: Counted) => number;
  /** Correlation of failures between probes of a round. */
  rho: () => number;
};

/**
 * Beta-binomial record of a cell. A probe's share is drawn to its cell's, a cell's to its target's, a target's to the
 * prior, each with the weight of 50 votes (empirical Bayes; Gelman et al., Bayesian Data Analysis, 3rd ed., 5.3). The
 * correlation is by the method of moments: E[k(k-1)] / E[n(n-1)] = m^2 + rho m (1-m) (Kleinman, JASA 68 (1973) 46-54),
 * drawn to its prior the same way, within limits. Older votes count half after four weeks.
 */
export function createBaseline(target: TargetShare, settings: Settings): Baseline {
  const { baselineFloor, baselinePrior, baselineWeight, baselineMemory, baselineRho } = settings;
  const probes = new Map<string, Tally>();
  const cell: Tally = { fails: 0, trials: 0 };
  const pairs = { both: 0, all: 0, fails: 0, trials: 0 };
  const add = (tally: Tally, failed: boolean, memory: number) => {
    if (tally.trials >= memory) {
      tally.fails /= 2;
      tally.trials /= 2;
    }
    tally.trials++;
    if (failed) tally.fails++;
  };
  const drawn = ({ fails, trials }: Tally, parent: number) =>
    (fails + parent * baselineWeight) / (trials + baselineWeight);
  const cellShare = () => drawn(cell, drawn(target, baselinePrior));
  const shareOf = (probe: string, parent = cellShare()) => {
    const own = probes.get(probe);
    return Math.max(baselineFloor, own === undefined ? parent : drawn(own, parent));
  };
  return {
    learn: (probe, failed) => {
      let own = probes.get(probe);
      if (own === undefined) {
        own = { fails: 0, trials: 0 };
        probes.set(probe, own);
      }
      add(own, failed, baselineMemory);
      add(cell, failed, baselineMemory * 8);
      add(target, failed, baselineMemory * 64);
    },
    learnRound: (k, n) => {
      if (n < 2) return;
      if (pairs.trials >= baselineMemory * 8)
        for (const key of ["both", "all", "fails", "trials"] as const) pairs[key] /= 2;
      pairs.both += k * (k - 1);
      pairs.all += n * (n - 1);
      pairs.fails += k;
      pairs.trials += n;
    },
    shareOf,
    meanOf: ({ blocked, open }) => {
      const parent = cellShare();
      let sum = 0;
      for (const { probe } of blocked) sum += shareOf(probe, parent);
      for (const probe of open) sum += shareOf(probe, parent);
      return sum / (blocked.length + open.length);
    },
    rho: () => {
      // A prior of so many rounds of the size that this cell has, so that its mean and its pairs weigh alike.
      const size = pairs.trials === 0 ? 2 : Math.max(2, 1 + pairs.all / pairs.trials);
      const [trials, all] = [baselineWeight * size, baselineWeight * size * (size - 1)];
      const expected = baselinePrior ** 2 + baselineRho * baselinePrior * (1 - baselinePrior);
      const mean = (pairs.fails + baselinePrior * trials) / (pairs.trials + trials);
      const both = (pairs.both + expected * all) / (pairs.all + all);
      const rho = (both - mean * mean) / (mean * (1 - mean));
      return Math.min(settings.rhoMost, Math.max(settings.rhoLeast, rho));
    },
  };
}
