import { z } from "zod";
import type { NameBook, Names } from "./types.ts";

const AllNames = z.strictObject({ kk: z.string(), ru: z.string(), en: z.string() });

/** Names of the codes in an answer. */
export const RowNames = z.strictObject({
  regions: z.record(z.string(), AllNames).describe("by ISO 3166-2 code"),
  networks: z.record(z.string(), z.string()).describe("by AS number"),
  targets: z.record(z.string(), AllNames).describe("by id"),
});
export type RowNames = z.infer<typeof RowNames>;

/** Members of rows that hold codes: one, or a list. */
const MEMBERS = {
  regions: ["region", "regions", "place"],
  networks: ["asn", "asns"],
  targets: ["target", "targets"],
} as const;

/** Names in three languages of every region, network and target that occurs in some rows. */
export function namesOfRows(names: NameBook, rows: readonly unknown[]): RowNames {
  const codes = { regions: new Set<string>(), networks: new Set<string>(), targets: new Set<string>() };
  for (const row of rows)
    for (const kind of ["regions", "networks", "targets"] as const)
      for (const member of MEMBERS[kind]) for (const code of codesIn(row, member)) codes[kind].add(code);
  return {
    regions: pick(codes.regions, (code) => languages(names.regions[code])),
    networks: pick(codes.networks, (code) => names.networks[code]),
    targets: pick(codes.targets, (code) => names.targets[code]),
  };
}

function codesIn(row: unknown, member: string): string[] {
  if (typeof row !== "object" || row === null) return [];
  const value: unknown = Object.entries(row).find(([name]) => name === member)?.[1];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === "string" || typeof one === "number").map(String);
}

function languages(names: Names | undefined): Names | undefined {
  return names === undefined ? undefined : { kk: names.kk, ru: names.ru, en: names.en };
}

function pick<T>(codes: ReadonlySet<string>, nameOf: (code: string) => T | undefined): Record<string, T> {
  const found: Record<string, T> = {};
  for (const code of [...codes].sort()) {
    const name = nameOf(code);
    if (name !== undefined) found[code] = name;
  }
  return found;
}
