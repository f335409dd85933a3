import type { EpochMs, Item } from "../../collector/analysis/types.ts";
import type { Random } from "./random.ts";
import type { ProbeSpec, Scenario } from "./scenario.ts";
import type { Stretch } from "./timeline.ts";

/** A time during which a probe is in touch with the collector. `uploads`: from when its journal arrives as it is written. */
export type Contact = { from: EpochMs; to: EpochMs; uploads: EpochMs; clean: boolean };

const BEAT_MS = 30_000;
const SILENT_MS = 3 * BEAT_MS;
/** Losses so long leave a journal that takes its time to be delivered; nights leave none. */
const BACKLOG_MS = 1_800_000;

/** Times without a host that could write: no journal waits after them. */
const GONE: ReadonlySet<Stretch["line"]> = new Set(["stopped", "off", "absent"]);

/** When a probe is in touch: its line is whole, and the collector runs. */
export function contactsOf(
  probe: ProbeSpec,
  stretches: readonly Stretch[],
  scenario: Scenario,
  random: Random,
): Contact[] {
  const gaps = scenario.acts.filter((act) => act.act === "collector-gap");
  const contacts: Contact[] = [];
  let uploads: EpochMs = 0;
  for (const [index, { from, to, line }] of stretches.entries()) {
    if (line !== "international") continue;
    const before = stretches[index - 1];
    const clean = stretches[index + 1]?.line === "stopped";
    const away = before === undefined || GONE.has(before.line) ? 0 : before.to - before.from;
    // The way back to the collector is found with a growing pause between attempts.
    const pauses =
      before === undefined ? 0 : random.between(1000, Math.min(45_000, 5000 + (before.to - before.from) / 4));
    uploads = Math.max(uploads, from + pauses + (away >= BACKLOG_MS ? probe.lagMs : random.between(200, 5000)));
    for (const part of without({ from: from + pauses, to }, gaps))
      contacts.push({ ...part, uploads, clean: clean && part.to === to });
  }
  return contacts;
}

function without(whole: { from: EpochMs; to: EpochMs }, gaps: readonly { from: EpochMs; to: EpochMs }[]) {
  let parts = [whole];
  for (const gap of gaps)
    parts = parts.flatMap(({ from, to }) => [
      { from, to: Math.min(to, gap.from) },
      { from: Math.max(from, gap.to + 5000), to },
    ]);
  return parts.filter(({ from, to }) => to > from);
}

/** Heartbeats every 30 s: presences, and the silences that three missed beats make (design 4.5). */
export function presencesOf(probe: string, contacts: readonly Contact[], scenario: Scenario): Item[] {
  const gaps = scenario.acts.filter((act) => act.act === "collector-gap");
  const items: Item[] = [];
  let since: EpochMs | null = null;
  for (const [index, { from, to, clean }] of contacts.entries()) {
    if (since === null) items.push({ type: "present", at: from, probe });
    since ??= from;
    const lastBeat = clean ? to : to - ((to - since) % BEAT_MS);
    const gap = gaps.find((one) => one.from <= lastBeat + SILENT_MS && one.to >= lastBeat);
    const known = Math.max(lastBeat + SILENT_MS, gap?.to ?? 0);
    const next = contacts[index + 1];
    if (next !== undefined && next.from < lastBeat + SILENT_MS) continue;
    if (known < scenario.to)
      items.push({ type: "silent", at: Math.round(known), probe, lastBeat: Math.round(lastBeat) });
    since = null;
  }
  return items.map((item) => ({ ...item, at: Math.round(item.at) }));
}

/** Gives receive times to what is written, in order; null: it is not delivered before the scenario ends. */
export function createDelivery(contacts: readonly Contact[], random: Random): (at: EpochMs) => EpochMs | null {
  let next = 0;
  let latest: EpochMs = 0;
  return (at) => {
    for (; ; next++) {
      const contact = contacts[next];
      if (contact === undefined) return null;
      const received = Math.max(latest, at + random.between(200, 3000), contact.uploads, contact.from);
      if (received >= contact.to) continue;
      latest = Math.round(received);
      return latest;
    }
  };
}
