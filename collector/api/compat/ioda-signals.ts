import { z } from "zod";
import type { Window } from "../../store/store.ts";
import { coverageOf } from "../coverage-series.ts";
import type { Reader } from "../reader.ts";
import { type Entity, IODA_TYPES } from "./ioda-entities.ts";

/** Our own series: fewest and most witnesses present at once, and how many were expected. */
export const DATASOURCES = ["kuager-present-min", "kuager-present-max", "kuager-expected"] as const;
export type Datasource = (typeof DATASOURCES)[number];

export const SIGNAL = z.strictObject({
  entityType: z.enum(IODA_TYPES),
  entityCode: z.string(),
  entityName: z.string(),
  entityFqid: z.string(),
  datasource: z.enum(DATASOURCES),
  subtype: z.literal(""),
  from: z.int().describe("seconds since 1970"),
  until: z.int(),
  step: z.int().describe("seconds"),
  nativeStep: z.int(),
  values: z.array(z.int().nullable()).describe("null: not known, or too few probes to tell"),
});

type Asked = {
  readonly entity: Entity;
  readonly window: Window;
  readonly sources: readonly Datasource[];
  readonly maxPoints: number;
};

const NATIVE_STEP_S = 300;

/** The series of one entity, one for each source, all with the same times. */
export async function iodaSignals(reader: Reader, { entity, window, sources, maxPoints }: Asked) {
  const { region, asn, type, code, name } = entity;
  const { coverage } = await coverageOf(reader, { ...window, region, asn, whole: true, partsMax: maxPoints });
  const [first] = coverage;
  const step = first === undefined ? NATIVE_STEP_S : (Date.parse(first.to) - Date.parse(first.from)) / 1000;
  const from = first === undefined ? Math.floor(window.from / 1000) : Date.parse(first.from) / 1000;
  const series = {
    "kuager-present-min": coverage.map(({ min }) => min),
    "kuager-present-max": coverage.map(({ max }) => max),
    "kuager-expected": coverage.map(({ expected, few }) => (few === true ? null : expected)),
  };
  return sources.map(
    (datasource): z.infer<typeof SIGNAL> => ({
      ...{ entityType: type, entityCode: code, entityName: name, entityFqid: `${type}/${code}` },
      ...{ datasource, subtype: "", from, until: from + step * coverage.length, step, nativeStep: NATIVE_STEP_S },
      values: series[datasource],
    }),
  );
}
