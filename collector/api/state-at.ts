import { BLOCKING_CODES } from "../../protocol/verdict.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { VerdictCount } from "../store/rollups.ts";
import type { Reader } from "./reader.ts";
import { isSmall } from "./small-cells.ts";
import { leadingCode, type Tally } from "./target-cells.ts";
import type { StateCell } from "./types.ts";

const STEP_MS = 300_000;
const HOUR_MS = 3_600_000;
/** Targets, cells and codes of two hours. */
const COUNTS_MAX = 500_000;
const WITNESSES = { role: "witness", asn: null, region: null, access: null } as const;

/**
 * State of every network in every region at a moment, from what is counted: one row a pair that had a witness. Pairs
 * whose region or network is not known are left out.
 */
export async function stateAt({ store, enoughProbes }: Reader, at: EpochMs): Promise<StateCell[]> {
  const moment = { from: Math.floor(at / STEP_MS) * STEP_MS, to: Math.floor(at / STEP_MS) * STEP_MS + STEP_MS };
  const [probes, lanes, counts] = await Promise.all([
    store.probes.all(),
    store.rollups.presence({ ...moment, ...WITNESSES, stepMs: STEP_MS, by: ["region", "asn"] }),
    store.rollups.verdicts({
      ...{ from: at - HOUR_MS, to: at + 1, grain: "hour", target: null, by: ["region", "asn", "target"] },
      ...{ ...WITNESSES, rowsMax: COUNTS_MAX },
    }),
  ]);
  const judged = new Map<string, VerdictCount[]>();
  for (const count of counts) {
    const key = `${count.region} ${count.asn}`;
    const list = judged.get(key);
    if (list === undefined) judged.set(key, [count]);
    else list.push(count);
  }
  return lanes.flatMap(({ region = null, asn = null, parts }): StateCell[] => {
    const [part] = parts;
    const found = judged.get(`${region} ${asn}`) ?? [];
    if (region === null || asn === null || part === undefined) return [];
    if (part.expected === 0 && found.length === 0) return [];
    const known = probes.filter((one) => one.role === "witness" && one.region === region && one.asn === asn);
    const few = isSmall(
      "witness",
      known.filter(({ left }) => left === null || left >= moment.from).length,
      enoughProbes,
    );
    const codes = codesOf(found);
    if (few) return [{ region, asn, ...NOTHING, codes: eachOnce(codes), few: true }];
    const { min, max, expected } = part;
    const targets = Object.values(codes).reduce((sum, count) => sum + count, 0);
    return [{ region, asn, min, max, expected, targets, blocked: blockedOf(codes), codes }];
  });
}

const NOTHING = { min: null, max: null, expected: 0, targets: 0, blocked: 0 };

type Codes = StateCell["codes"];

/** How many targets most witnesses of a cell found to be what. */
function codesOf(counts: readonly VerdictCount[]): Codes {
  const byTarget = new Map<string, Tally[]>();
  for (const { target = "", code, probes, count } of counts) {
    const own = byTarget.get(target) ?? [];
    own.push({ code, probes, last: count });
    byTarget.set(target, own);
  }
  const codes: Codes = {};
  for (const own of byTarget.values()) {
    const code = leadingCode(own)?.code;
    if (code !== undefined) codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
}

function blockedOf(codes: Codes): number {
  return BLOCKING_CODES.reduce((sum, code) => sum + (codes[code] ?? 0), 0);
}

function eachOnce(codes: Codes): Codes {
  return Object.fromEntries(Object.keys(codes).map((code) => [code, 1]));
}
