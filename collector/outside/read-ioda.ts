import { z } from "zod";
import { utc } from "../time.ts";
import type { OutsideSeries } from "./types.ts";

const Code = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(64));
const EpochS = z.number().min(0).max(1e10);

/** One signal of `/v2/signals/raw`: values begin at `from` and lie `step` seconds apart. */
const Signal = z.object({
  datasource: z.string().min(1).max(64),
  subtype: z.string().max(64).optional(),
  entityType: z.string().max(32).optional(),
  entityCode: Code.optional(),
  from: EpochS,
  step: z.number().min(1).max(86_400),
  values: z.array(z.unknown()).max(200_000),
});

/** Lists of signals may stand within lists, one for each entity that was asked for. */
const Answer = z.object({
  data: z.array(z.union([Signal, z.array(Signal)])).max(2000),
});

/**
 * Series of an answer of IODA's API, version 2. Of what they speak stands in each signal, else in the address that was
 * asked. Throws a ZodError for anything else.
 */
export function readIoda(value: unknown, address: string | null): OutsideSeries[] {
  const asked = /\/signals\/raw\/(country|region|asn|county|geoasn)\/([\w.-]{1,64})/.exec(address ?? "");
  return Answer.parse(value)
    .data.flat()
    .map(({ datasource, subtype, entityType, entityCode, from, step, values }) => {
      const entity = { type: entityType ?? asked?.[1] ?? "unknown", code: entityCode ?? asked?.[2] ?? "unknown" };
      const to = from + step * values.length;
      return {
        signal: subtype === undefined || subtype === "" ? datasource : `${datasource} ${subtype}`,
        entity,
        asn: entity.type === "asn" && /^\d{1,10}$/.test(entity.code) ? Number(entity.code) : null,
        target: null,
        ...{ from: utc(from * 1000), to: utc(to * 1000), stepMs: step * 1000 },
        values: values.map((one) => (typeof one === "number" && Number.isFinite(one) ? one : null)),
        spans: [],
      };
    });
}
