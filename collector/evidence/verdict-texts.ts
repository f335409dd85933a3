import { canonicalJson } from "../../protocol/canonical-json.ts";

/**
 * Canonical JSON of verdicts, of which most are alike: what JSON.stringify writes the same is made canonical once, and a
 * frozen verdict, which measurements by the thousand share, is written once.
 */
export function canonicalTexts() {
  const texts: string[] = [];
  const places = new Map<string, number>();
  const frozen = new Map<object, number>();
  const written = (verdict: object): number => {
    const plain = JSON.stringify(verdict);
    const known = places.get(plain);
    if (known !== undefined) return known;
    const place = texts.push(canonical(verdict) ?? "") - 1;
    places.set(plain, place);
    return place;
  };
  const placeOf = (verdict: object): number => {
    const known = frozen.get(verdict);
    if (known !== undefined) return known;
    const place = written(verdict);
    if (Object.isFrozen(verdict)) frozen.set(verdict, place);
    return place;
  };
  return { texts, placeOf };
}

/** A line of verdicts.ndjson: the record, its verdict in canonical JSON, and all that the line says. */
export type ToldVerdict = { readonly record: string; readonly text: string; readonly value: object };

/** Lines of verdicts.ndjson; null in the place of one that is none. */
export function toldVerdicts(lines: readonly string[]): (ToldVerdict | null)[] {
  const { texts, placeOf } = canonicalTexts();
  return lines.map((line) => {
    const value = parsedJson(line);
    if (!isVerdictLine(value)) return null;
    const { record, target: _target, at: _at, ...verdict } = value;
    const text = texts[placeOf(verdict)] ?? "";
    // What cannot be written in canonical JSON was not written by us.
    return text === "" ? null : { record, text, value };
  });
}

/** How many told verdicts are not those that judging again gave. `placeOf`: where an entry stands among those judged, by its hash. */
export function differing(
  told: readonly (ToldVerdict | null)[],
  { texts, verdictOf }: { readonly texts: readonly string[]; readonly verdictOf: Int32Array },
  placeOf: ReadonlyMap<string, number>,
): number {
  const textOf = (record: string) => texts[verdictOf[placeOf.get(record) ?? -1] ?? -1];
  return told.filter((one) => one === null || textOf(one.record) !== one.text).length;
}

/** Where each stands, by its hash. */
export function placesByHash(hashes: readonly string[]): ReadonlyMap<string, number> {
  return new Map(hashes.map((hash, place) => [hash, place]));
}

/** There are as many of these lines as measurements: a schema would take as long as the rest of the check. */
function isVerdictLine(value: unknown): value is { record: string; target: unknown; at: unknown } {
  return typeof value === "object" && value !== null && "record" in value && typeof value.record === "string";
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function canonical(value: object): string | null {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
}
