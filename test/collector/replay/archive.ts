import type { Item } from "../../../collector/analysis/types.ts";
import type { ReplayOptions } from "../../../collector/replay/replay.ts";
import { replayLines } from "../../../collector/replay/replay.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { entryHash, GENESIS } from "../../../protocol/chain.ts";
import type { Entry } from "../../../protocol/records/entry.ts";
import { KNOWLEDGE, link, okPage, probeOf, T0, tlsDrop } from "../analysis/build.ts";
import { ALMATY, BACK, CONTROLS, CUT, comeBack, quietWorld, silence } from "../analysis/cuts.ts";
import { measureRounds, worldOf } from "../analysis/world.ts";
import { textSource } from "./text-source.ts";

const utc = (at: number) => new Date(at).toISOString();

/** The lines of an archive that says what a stream of items says, with whole chains. Probes still there are to the end. */
export function archiveOf(items: readonly Item[], end = Math.max(...items.map(({ at }) => at))): string[] {
  const heads = new Map<string, string>();
  const lines: object[] = [...probeLines(items), ...presenceLines(items, end)];
  for (const item of items) {
    if (item.type === "gap") lines.push({ type: "gap", from: utc(item.from), to: utc(item.to) });
    if (item.type === "event") lines.push({ type: "event", ...item.event });
  }
  const entries = items.filter((item) => item.type === "entry");
  for (const { entry, at } of entries.sort((a, b) => a.entry.seq - b.entry.seq)) {
    const chained: Entry = { ...entry, prev: heads.get(entry.probe) ?? GENESIS };
    heads.set(entry.probe, entryHash(chained));
    lines.push({ type: "entry", received: utc(at), entry: chained });
  }
  return lines.map((line) => canonicalJson(line));
}

/** A collector tells of each probe once, with its end where it has one. */
function probeLines(items: readonly Item[]): object[] {
  const probes = new Map<string, object>();
  for (const item of items)
    if (item.type === "probe") probes.set(`${item.probe.id} ${item.probe.from}`, { type: "probe", ...item.probe });
  return [...probes.values()];
}

function presenceLines(items: readonly Item[], end: number): object[] {
  const open = new Map<string, number>();
  const lines: object[] = [];
  for (const item of items) {
    if (item.type === "present") open.set(`${item.probe} ${item.route ?? ""}`, item.at);
    if (item.type !== "silent") continue;
    const { probe, route, lastBeat, at } = item;
    const from = utc(open.get(`${probe} ${route ?? ""}`) ?? lastBeat);
    open.delete(`${probe} ${route ?? ""}`);
    lines.push({ type: "presence", probe, from, to: utc(lastBeat), received: utc(at), ...(route && { route }) });
  }
  for (const [key, from] of open) {
    const [probe, route] = key.split(" ");
    lines.push({ type: "presence", probe, from: utc(from), to: utc(end), received: utc(end), ...(route && { route }) });
  }
  return lines;
}

/** A morning in which four probes of Almaty lose their line for 20 minutes, measured before and after. */
export function cutWorld(): Item[] {
  const world = quietWorld();
  silence(world, ALMATY);
  comeBack(world, ALMATY);
  measureRounds(world, {
    probes: [...ALMATY, ...CONTROLS],
    targets: ["orda.kz"],
    from: CUT - 40 * 60_000,
    rounds: 3,
    cadenceMs: 10 * 60_000,
  });
  world.items.push({ type: "tick", at: BACK + 3_600_000 });
  return world.items;
}

/** A morning in which one site falls silent after its name on one of two networks, and comes back; the rest is well. */
export function blockWorld(): Item[] {
  const probes = [...ALMATY, probeOf("M"), ...CONTROLS];
  const world = worldOf(probes);
  for (const probe of probes) world.write(probe, T0, { kind: "link", body: link("international", T0 - 1000) });
  const cadenceMs = 5 * 60_000;
  const [begins, ends] = [T0 + 20 * cadenceMs, T0 + 40 * cadenceMs];
  measureRounds(world, {
    ...{ probes, targets: ["orda.kz", "vlast.kz"], from: T0, rounds: 60, cadenceMs },
    sight: ({ probe, target, at }) => {
      const hit = target === "orda.kz" && probe.asn === 9198 && at >= begins && at < ends;
      return (hit ? tlsDrop : okPage)(`https://${target}/`);
    },
  });
  world.items.push({ type: "tick", at: T0 + 61 * cadenceMs });
  return world.items;
}

/** Replays lines that no signature covers. */
export async function replayed(lines: readonly string[], options: Partial<ReplayOptions> = {}) {
  return replayLines(textSource(lines), { unsigned: true, knowledge: KNOWLEDGE, ...options });
}
