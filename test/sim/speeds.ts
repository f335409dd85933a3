import type { EpochMs } from "../../collector/analysis/types.ts";
import type { EntryDraft } from "../../protocol/records/entry.ts";
import { speedBody } from "./bodies/speed-body.ts";
import type { Random } from "./random.ts";
import { type Act, isWithin, type ProbeSpec, type Scenario } from "./scenario.ts";
import type { Places } from "./sights.ts";

type Throttle = Extract<Act, { act: "throttle" }>;

/** Paired speed samples. */
export type Speeds = { pairs: (probe: ProbeSpec, area: string, at: EpochMs) => { at: EpochMs; draft: EntryDraft }[] };

const HOUR_MS = 3_600_000;
/** Deviation of the logarithm of one sample's ratio: steady lines 0.6, noisy mobile ones 1.0 (detection.md 7.4). */
const DEVIATION = { fixed: 0.6, mobile: 1 };
/** Both sides of a pair share this part of the variance: the line's. */
const SHARED = 0.5;

/** Speed of the scenario's speed targets, at most once an hour a target and probe, one pair a round. */
export function createSpeeds(scenario: Scenario, places: Places, random: Random): Speeds {
  const { speed = [], acts } = scenario;
  const throttles = acts.filter((act) => act.act === "throttle");
  const last = new Map<string, EpochMs>();
  return {
    pairs: (probe, _area, at) => {
      const due = speed.filter((target) => at - (last.get(`${probe.info.id} ${target}`) ?? 0) >= HOUR_MS);
      return due.slice(0, 2).map((target, place) => {
        const begun = at + place * 20_000;
        last.set(`${probe.info.id} ${target}`, at);
        const slow = throttles.find(
          (act) => act.targets.includes(target) && begun >= act.from && begun < act.to && isWithin(probe, act.scope),
        );
        const deviation = DEVIATION[probe.info.access ?? "fixed"];
        const line = random.normal(0, deviation * Math.sqrt(SHARED));
        const own = () => random.normal(0, deviation * Math.sqrt((1 - SHARED) / 2) * Math.SQRT2);
        const base = probe.bytesPerS * evening(at) * Math.exp(line);
        const shake = () => 180 * Math.exp(random.normal(0, 0.3)) * (probe.info.access === "mobile" ? 1.6 : 1);
        const unlimited = base * Math.exp(own() / Math.SQRT2) * (slow === undefined ? 1 : ratioAt(slow, begun));
        const seen = {
          target: Math.min(
            unlimited,
            (slow?.capBytesPerS ?? Number.POSITIVE_INFINITY) * Math.exp(random.normal(0, 0.1)),
          ),
          control: base * Math.exp(own() / Math.SQRT2),
          targetShakeMs: slow?.handshakeMs === undefined ? shake() : slow.handshakeMs * Math.exp(random.normal(0, 0.4)),
          controlShakeMs: shake(),
        };
        const url = places.get(target)?.url ?? `https://${target}/`;
        const body = speedBody({ target, url, ip: "203.0.113.20" }, seen, random);
        return { at: begun + 12_000, draft: { kind: "speed" as const, body } };
      });
    },
  };
}

/** What is left of the speed: straight down to the ratio while it builds up. */
function ratioAt({ from, ratio = 1, rampMs = 0 }: Throttle, at: EpochMs): number {
  return at >= from + rampMs ? ratio : 1 - (1 - ratio) * ((at - from) / rampMs);
}

/** Lines are full in the evening: down to 60 % at 21 h local time. */
function evening(at: EpochMs): number {
  const hour = ((at / HOUR_MS + 5) % 24) - 21;
  return 1 - 0.4 * Math.exp(-(hour * hour) / 8);
}
