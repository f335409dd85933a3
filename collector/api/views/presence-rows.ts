import type { PresenceLane, PresencePart } from "../../store/rollups.ts";
import type { StoredProbe, Window } from "../../store/store.ts";
import { utc } from "../../time.ts";
import type { Reader } from "../reader.ts";
import { isSmall } from "../small-cells.ts";
import type { CoveragePoint } from "../types.ts";
import type { PlaceKind, PresenceRow } from "./view-types.ts";

/** What rows are asked for: the networks of a place, or its regions. */
export type RowsChoice = Window & {
  readonly region: string | null;
  readonly asn: number | null;
  readonly by: PlaceKind;
  readonly stepMs: number;
};

/**
 * Connected witnesses over time, a row a network or region, those of most probes first. Rows of one or two probes are
 * told together, with the next larger one where they would still be too few: what is left of the sum must not be the
 * comings and goings of one person.
 */
export async function presenceRows(
  { store, enoughProbes: enough }: Reader,
  choice: RowsChoice,
): Promise<PresenceRow[]> {
  const { region, asn, by, stepMs, from, to } = choice;
  const label = by === "network" ? "asn" : "region";
  const [probes, lanes] = await Promise.all([
    store.probes.all(),
    store.rollups.presence({ role: "witness", region, asn, access: null, from, to, stepMs, by: [label] }),
  ]);
  const own = probes.filter((probe) => isWatching(probe, choice));
  const counted = lanes
    .filter(({ parts }) => parts.some(({ max, expected }) => max !== null && (max > 0 || expected > 0)))
    .map((lane) => ({ lane, known: own.filter((probe) => probe[label] === lane[label]).length }))
    .filter(({ known }) => known > 0)
    .sort((a, b) => b.known - a.known || String(a.lane[label]).localeCompare(String(b.lane[label])));
  const kept =
    counted.length -
    lumped(
      counted.map(({ known }) => known),
      enough,
    );
  const rows = counted.slice(0, kept).map(({ lane }) => rowOf(lane));
  const rest = counted.slice(kept);
  return rest.length === 0 ? rows : [...rows, together(rest, enough)];
}

/** How many of the last rows must be told together, given the known probes of each, most first. */
function lumped(known: readonly number[], enough: number): number {
  let [count, sum] = [known.filter((one) => isSmall("witness", one, enough)).length, 0];
  if (count === 0) return 0;
  for (const one of known.slice(-count)) sum += one;
  while (sum < enough && count < known.length) {
    count += 1;
    sum += known.at(-count) ?? 0;
  }
  return count;
}

function isWatching({ role, left, region, asn }: StoredProbe, choice: RowsChoice): boolean {
  return (
    role === "witness" &&
    (left === null || left >= choice.from) &&
    (choice.region === null || region === choice.region) &&
    (choice.asn === null || asn === choice.asn)
  );
}

function rowOf({ region = null, asn = null, parts }: PresenceLane): PresenceRow {
  return { region, asn, points: parts.map(pointOf) };
}

/** A step of a lane as it is published. */
export function pointOf({ from, to, min, max, expected }: PresencePart): CoveragePoint {
  return { from: utc(from), to: utc(to), min, max, expected };
}

/** The sum of some rows, within bounds: the least of each need not have been at one moment. */
function together(rest: readonly { lane: PresenceLane; known: number }[], enough: number): PresenceRow {
  const [first] = rest;
  const few = rest.reduce((sum, { known }) => sum + known, 0) < enough;
  const points = (first?.lane.parts ?? []).map((part, index): CoveragePoint => {
    const parts = rest.flatMap(({ lane }) => lane.parts[index] ?? []);
    const point = { from: utc(part.from), to: utc(part.to) };
    if (few) return { ...point, min: null, max: null, expected: 0, few: true };
    const known = parts.every(({ max }) => max !== null);
    const sum = (of: (part: PresencePart) => number | null) => parts.reduce((total, one) => total + (of(one) ?? 0), 0);
    return {
      ...point,
      min: known ? sum(({ min }) => min) : null,
      max: known ? sum(({ max }) => max) : null,
      expected: sum(({ expected }) => expected),
    };
  });
  return { region: null, asn: null, points };
}
