import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import { Shed } from "../../protocol/records/life.ts";
import type { Stamped } from "./pending.ts";

/** Notes of the journal: what was given up and is in no entry yet, and what ever was, for `status`. */
export const SHED_NOTE = "shed";
export const SHED_EVER_NOTE = "shedEver";

/** What a kept note says; nothing where there is none. */
export function readShed(note: string | null): readonly Shed[] {
  const parsed = parseJson(z.array(Shed), note ?? "[]");
  return parsed.ok ? parsed.value : [];
}

/** How many entries were given up. */
export function countShed(shed: readonly Shed[]): number {
  return shed.reduce((sum, { count }) => sum + count, 0);
}

/** Adds entries to what was given up, by kind. Times are widened, never narrowed: clocks may have been set in between. */
export function addShed(shed: readonly Shed[], entries: readonly Stamped[]): readonly Shed[] {
  const byKind = new Map(shed.map((one) => [one.kind, one]));
  for (const { draft, stamp } of entries) {
    const before = byKind.get(draft.kind) ?? { kind: draft.kind, count: 0, from: stamp.at, to: stamp.at };
    byKind.set(draft.kind, {
      kind: draft.kind,
      count: before.count + 1,
      from: stamp.at < before.from ? stamp.at : before.from,
      to: stamp.at > before.to ? stamp.at : before.to,
    });
  }
  return [...byKind.values()];
}

/**
 * Has the first entry that can carry it (`alive` or `start`) tell what was given up. Returns the entries, and what is
 * still untold.
 */
export function tellShed(
  entries: readonly Stamped[],
  shed: readonly Shed[],
): { entries: readonly Stamped[]; untold: readonly Shed[] } {
  const place =
    shed.length === 0 ? -1 : entries.findIndex(({ draft }) => draft.kind === "alive" || draft.kind === "start");
  const teller = entries[place];
  if (teller === undefined) return { entries, untold: shed };
  const { draft } = teller;
  if (draft.kind !== "alive" && draft.kind !== "start") return { entries, untold: shed };
  const told = { ...teller, draft: withShed(draft, shed) };
  return { entries: entries.map((entry, index) => (index === place ? told : entry)), untold: [] };
}

function withShed(
  draft: Extract<Stamped["draft"], { kind: "alive" | "start" }>,
  shed: readonly Shed[],
): Stamped["draft"] {
  return draft.kind === "alive"
    ? { kind: "alive", body: { ...draft.body, shed: [...shed] } }
    : { kind: "start", body: { ...draft.body, shed: [...shed] } };
}
