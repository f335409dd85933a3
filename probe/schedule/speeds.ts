import type { Logger } from "pino";
import type { SpeedBody } from "../../protocol/records/speed.ts";
import type { Target } from "../../protocol/target.ts";
import type { Journal } from "../journal/journal.ts";
import { chooseControl, type KnownObject, type SpeedPair } from "../measure/speed-control.ts";
import { noteSpeed, openSpeedBook, type SpeedRules, speedBytes, speedDue } from "../measure/speed-due.ts";
import { looksSlow } from "../measure/speed-slow.ts";
import type { Measures } from "../measurer/measures.ts";
import type { Books } from "./books.ts";
import type { Budget } from "./budget.ts";
import type { Seen } from "./seen.ts";

export type SpeedsOptions = {
  /** The sites that the volunteer agreed to. */
  targets: readonly Target[];
  /** What this process saw of them; `crawled` is renewed by each pair. */
  seen: Map<string, Seen>;
  measure: Measures["pair"];
  /** The pair of an upload under a slow target's name; null where no server of ours takes it. */
  upload?: (target: string) => Promise<SpeedPair | null>;
  rules: SpeedRules;
  books: Books;
  onBooked: () => void;
  budget: Pick<Budget, "allows" | "spend">;
  journal: Pick<Journal, "append">;
  monoMs: () => number;
  log: Logger;
  random?: () => number;
};

/**
 * Measures the speed of the targets that are due beside a control, one pair after another, and writes each to the
 * journal. Ends early when the bytes are used up or the signal aborts; what that breaks off is not written. Never throws
 * for the network. Returns how many pairs were written.
 */
export async function runSpeeds(options: SpeedsOptions, signal: AbortSignal): Promise<number> {
  const { rules, budget, monoMs } = options;
  let pairs = 0;
  let written = 0;
  for (const target of dueTargets(options)) {
    if (signal.aborted || pairs === rules.pairsPerRound || !budget.allows()) break;
    const pair = pairOf(target, options);
    const atMs = monoMs();
    // Also where there is no control: others shall have their turn.
    spend(options, target, 0, atMs);
    if (pair === null) continue;
    pairs += 1;
    const slow = await measureOne(options, { target, pair, direction: "down", atMs }, signal);
    if (slow !== null) written += 1;
    // Only a name that came slowly is sent to a server of ours as well.
    if (slow !== true || rules.metered || !budget.allows()) continue;
    const upload = (await options.upload?.(target)) ?? null;
    if (upload === null) continue;
    if ((await measureOne(options, { target, pair: upload, direction: "up", atMs }, signal)) !== null) written += 1;
  }
  return written;
}

function spend({ books, rules, onBooked }: SpeedsOptions, target: string, bytes: number, atMs: number): void {
  books.speed = noteSpeed(books.speed ?? openSpeedBook(rules, atMs), target, bytes, atMs, rules);
  onBooked();
}

type Due = { target: string; pair: SpeedPair; direction: SpeedBody["direction"]; atMs: number };

/** Measures one pair and writes it; whether it crawled, null when nothing was written. */
async function measureOne(options: SpeedsOptions, due: Due, signal: AbortSignal): Promise<boolean | null> {
  const { rules, seen, budget, journal, log } = options;
  const { target, direction } = due;
  try {
    const body = await options.measure({ ...due, metered: rules.metered }, signal);
    const bytes = speedBytes(body);
    budget.spend(bytes);
    spend(options, target, bytes, due.atMs);
    if (signal.aborted) return null;
    const known = seen.get(target);
    if (known !== undefined && direction === "down") seen.set(target, { ...known, crawled: crawls(body) });
    journal.append({ kind: "speed", body }, { urgent: looksSlow(body) });
    return crawls(body);
  } catch (error) {
    if (!signal.aborted) log.error({ err: error, target }, "a fault while measuring speed");
    return null;
  }
}

/** Targets whose pair is due, the first first; more than a round takes, as some have no control. */
function dueTargets({ targets, seen, books, rules, monoMs, random }: SpeedsOptions): string[] {
  const candidates = targets.flatMap(({ id }) => {
    const known = seen.get(id);
    const isWorthIt = known !== undefined && known.last !== "other" && known.addresses.length > 0;
    return isWorthIt ? [{ target: id, urgent: known.slow || known.crawled }] : [];
  });
  const now = monoMs();
  const book = books.speed ?? openSpeedBook(rules, now);
  return speedDue(book, candidates, now, { ...rules, pairsPerRound: candidates.length }, random);
}

/** Sites abroad that nobody in the country has a reason to slow down. */
const NEUTRAL: readonly Target["category"][] = ["international-organisation"];

/** The target beside its control: of the sites whose page came without trouble; those far away only for a site abroad. */
function pairOf(id: string, { targets, seen }: Pick<SpeedsOptions, "targets" | "seen">): SpeedPair | null {
  const object = seen.get(id);
  const target = targets.find((one) => one.id === id);
  if (object === undefined || target === undefined) return null;
  const controls = targets.flatMap((other): KnownObject[] => {
    const known = seen.get(other.id);
    if (other.id === id || known === undefined || known.last !== "page" || known.slow || known.crawled) return [];
    const neutral = NEUTRAL.includes(other.category) && other.hostedIn !== "KZ" && target.hostedIn !== "KZ";
    return [{ ...known, neutral }];
  });
  return chooseControl(object, controls);
}

/** Slow, as far as anything came: a target that stays silent is a matter of blocks, and need not go first again. */
function crawls(body: SpeedBody): boolean {
  return looksSlow(body) && (body.failure.target === null || body.answered?.target === true);
}
