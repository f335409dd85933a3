import * as wording from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { DEFAULT_ZONE } from "../time.ts";

const LIST_CAP = 3;

/** Name of a region, country or the whole of Kazakhstan; the code itself where no name is known. */
export function regionName(context: Context, code: string | null): string {
  if (code === null) return context.t("region.unknown");
  if (code === "KZ") return context.t("place.KZ");
  return own(context.names.regions, code)?.[context.language] ?? code;
}

/** Name of a network with its AS number behind it: readers know names, researchers need numbers. */
export function networkName(context: Context, asn: number | null): string {
  if (asn === null) return context.t("network.unknown");
  const name = own(context.names.networks, String(asn));
  return name === undefined ? `AS${asn}` : `${name} (AS${asn})`;
}

/** Name by which people know a network, without its number: the brand, where the register names the company first. */
export function networkShort(context: Context, asn: number | null): string {
  if (asn === null) return context.t("network.unknown");
  const name = own(context.names.networks, String(asn));
  if (name === undefined) return `AS${asn}`;
  const [, company = name, brand] = /^(.+) \((.+)\)$/.exec(name) ?? [];
  if (brand === undefined || /second network/.test(brand)) return name;
  return /\p{Ll}/u.test(brand) ? brand : company;
}

/** Regions in one phrase; an empty list means all that were watched. */
export function regionsText(context: Context, codes: readonly string[], cap = LIST_CAP): string {
  return wording.regionsText(context.language, codes, context.names, cap);
}

/** Networks in one phrase; an empty list means all that were watched. */
export function networksText(context: Context, asns: readonly number[], cap = LIST_CAP): string {
  if (asns.length === 0) return context.said.allNetworks;
  return listText(
    context,
    asns.map((asn) => networkShort(context, asn)),
    cap,
  );
}

/** A list cut to `cap` entries, with how many more there are. */
export function listText({ language }: Context, entries: readonly string[], cap = LIST_CAP): string {
  return wording.listText(language, entries, cap);
}

/** Time zone of a place: that of its regions where they share one, else Almaty's. */
export function zoneOf(context: Context, codes: readonly string[]): string {
  const zones = new Set(codes.map((code) => own(context.names.regions, code)?.timeZone ?? DEFAULT_ZONE));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : DEFAULT_ZONE;
}

/** A member of a record by a key from outside; `constructor` and the like are no members. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
