import type { Reader } from "../reader.ts";

export const IODA_TYPES = ["country", "region", "asn"] as const;

/** A place that signals are told of; null: all. */
export type Entity = {
  readonly type: (typeof IODA_TYPES)[number];
  readonly code: string;
  readonly name: string;
  readonly region: string | null;
  readonly asn: number | null;
};

const COUNTRY: Entity = { type: "country", code: "KZ", name: "Kazakhstan", region: null, asn: null };

/** The country, its regions by their ISO codes, and its networks. */
export function entitiesOf({ catalogue }: Pick<Reader, "catalogue">): Entity[] {
  return [
    COUNTRY,
    ...catalogue.regions.map(
      ({ code, names }): Entity => ({ type: "region", code, name: names.en, region: code, asn: null }),
    ),
    ...catalogue.networks.map(({ asn, name }): Entity => ({ type: "asn", code: String(asn), name, region: null, asn })),
  ];
}

/** The entity of a type and code; null where there is none. */
export function entityOf(reader: Pick<Reader, "catalogue">, type: string, code: string): Entity | null {
  return entitiesOf(reader).find((one) => one.type === type && one.code === code) ?? null;
}
