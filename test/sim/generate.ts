import type { EpochMs, Item } from "../../collector/analysis/types.ts";
import { itemOrder } from "../../collector/judging/item-order.ts";
import { contactsOf, createDelivery, presencesOf } from "./contacts.ts";
import { makeFleet } from "./fleet.ts";
import { lifeOf, type Made } from "./life.ts";
import { createMeasurements } from "./measurements.ts";
import { createNoise } from "./noise.ts";
import { createRandom } from "./random.ts";
import { isWithin, type ProbeSpec, type Scenario } from "./scenario.ts";
import { createSights, type Places } from "./sights.ts";
import { createSpeeds } from "./speeds.ts";
import { timelineOf } from "./timeline.ts";

/** What is made and held at once; what the collector asks for must not come before it was asked. */
const STEP_MS = 300_000;
const ASKED_STEP_MS = 30_000;

/**
 * All items of a scenario in the order in which the analysis takes them: (received, probe, seq). The same scenario and
 * seed give the same items. Memory holds one step of five minutes, and journals that wait to be delivered.
 */
export function* generate(scenario: Scenario, places: Places, seed: number): Generator<Item> {
  const random = createRandom(`${scenario.name}/${seed}`);
  const fleet = makeFleet(scenario, random.fork("fleet"));
  const { from, to } = scenario;
  const noise = createNoise(scenario.noise ?? 1, random.fork("noise"));
  const sights = createSights(scenario, places, noise, random.fork("sights"));
  const speeds = createSpeeds(scenario, places, random.fork("speeds"));
  const measurements = createMeasurements(scenario, sights, speeds, random.fork("rounds"));
  // A collector knows of its absence when it is back, and its exports say so.
  const gaps = scenario.acts.filter((act) => act.act === "collector-gap");
  const others: Item[] = gaps.map((gap) => ({ type: "gap", at: gap.to, from: gap.from, to: gap.to }));
  const lives = fleet.map((probe) => {
    const own = random.fork(`probe ${probe.number}`);
    const stretches = timelineOf(probe, scenario, own);
    const contacts = contactsOf(probe, stretches, scenario, own);
    const joins = probe.joins ?? from;
    const info = { ...probe.info, from: new Date(joins).toISOString() };
    others.push({ type: "probe", at: joins, probe: info }, ...presencesOf(info.id, contacts, scenario));
    const deliver = createDelivery(contacts, own);
    return lifeOf({
      probe,
      stretches,
      contacts,
      deliver,
      measurements,
      random: own,
      updates: updatesOf(probe, scenario, own),
    });
  });
  yield* inOrder(lives, others, { from, to, stepMs: scenario.requested === true ? ASKED_STEP_MS : STEP_MS });
}

function updatesOf(probe: ProbeSpec, { acts }: Scenario, random: ReturnType<typeof createRandom>) {
  return acts
    .filter((act) => act.act === "update")
    .filter((act) => isWithin(probe, act.scope))
    .map((act) => ({ at: random.between(act.from, act.to), software: act.software }))
    .sort((a, b) => a.at - b.at);
}

function* inOrder(
  lives: readonly Generator<Made>[],
  others: Item[],
  window: { from: EpochMs; to: EpochMs; stepMs: number },
): Generator<Item> {
  const { from, to, stepMs } = window;
  const heads = lives.map((life) => ({ life, made: life.next().value as Made | undefined }));
  const buckets = new Map<number, Item[]>();
  const put = (item: Item) => {
    const step = Math.max(0, Math.floor((item.at - from) / stepMs));
    const bucket = buckets.get(step);
    if (bucket === undefined) buckets.set(step, [item]);
    else bucket.push(item);
  };
  for (const item of others) put(item);
  for (let step = 0; from + step * stepMs < to; step++) {
    const end = from + (step + 1) * stepMs;
    for (const head of heads)
      while (head.made !== undefined && head.made.made < end) {
        if (head.made.item !== null && head.made.item.at < to) put(head.made.item);
        const next = head.life.next();
        head.made = next.done === true ? undefined : next.value;
      }
    const bucket = buckets.get(step) ?? [];
    buckets.delete(step);
    yield* bucket.sort(itemOrder);
  }
}
