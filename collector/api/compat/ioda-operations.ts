import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addOperation } from "../spec/operation.ts";
import { IODA_TYPES } from "./ioda-entities.ts";
import { DATASOURCES, SIGNAL } from "./ioda-signals.ts";

/** Seconds since 1970, or `now`, or seconds before it as `-3600`; `h`, `d`, `w` may follow. */
const Moment = z.string().regex(/^(?:now|-?\d{1,10}[smhdw]?)$/, "expected seconds since 1970");
const whole = (max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, "expected a whole number")
    .transform(Number)
    .pipe(z.int().max(max));
const from = Moment.optional().describe("seconds since 1970, or before now as -3600 or -30d");
const until = Moment.optional().describe("end: seconds since 1970, or before now as -3600 or -30d");
const entityType = z.enum(IODA_TYPES).optional().describe("country, region or asn");
const limit = whole(2000).optional().describe("rows of a page, at most 2000 (100 where it is left out)");
const page = whole(10_000).optional().describe("number of a page, from 0");

/** What asks for signals. */
export const SignalQuery = z.object({
  ...{ from, until },
  datasource: z
    .string()
    .max(256)
    .optional()
    .describe(`of ${DATASOURCES.join(", ")}, apart by commas`),
  maxPoints: whole(5000).optional().describe("most values of one signal"),
  sourceParams: z.string().max(256).optional().describe("taken and passed over"),
});
/** What asks for outages. */
export const EventQuery = z.object({
  ...{ from, until, entityType, limit, page },
  entityCode: z.string().max(64).optional().describe("code of one entity"),
  orderBy: z
    .enum(["time", "score", "time/asc", "time/desc", "score/asc", "score/desc"])
    .optional()
    .describe("time or score, each with /asc or /desc"),
  format: z.enum(["codf", "ioda"]).optional().describe("taken and passed over"),
  overall: z.string().max(8).optional().describe("taken and passed over"),
  includeAlerts: z.string().max(8).optional().describe("taken and passed over"),
});
/** What asks for entities. */
export const EntityQuery = z.object({
  ...{ entityType, limit, page },
  entityCode: z.string().max(256).optional().describe("codes, apart by commas"),
  relatedTo: z.string().max(128).optional().describe("country/KZ"),
  search: z.string().max(128).optional().describe("part of a name"),
});

const EntityRow = z.strictObject({
  code: z.string(),
  name: z.string(),
  type: z.enum(IODA_TYPES),
  subnames: z.array(z.string()),
  attrs: z.record(z.string(), z.string()),
});
const EventRow = z.strictObject({
  location: z.string(),
  location_name: z.string(),
  start: z.int(),
  duration: z.int().describe("seconds, until now where it goes on"),
  uncertainty: z.int().nullable().describe("seconds between the bounds of the start"),
  status: z.int().describe("0 ended, 1 going on"),
  fraction: z.null(),
  score: z.number().describe("1 observed, 2 probable, 3 confirmed: no score of IODA"),
  overlaps_window: z.boolean(),
  datasource: z.literal("kuager"),
  method: z.string(),
  id: z.string().describe("id of the incident; not a field of IODA"),
});

function answerOf(type: string, data: z.ZodType) {
  return z.strictObject({
    type: z.literal(type),
    metadata: z.strictObject({ requestTime: z.string(), responseTime: z.string() }),
    requestParameters: z.looseObject({}),
    error: z.null(),
    perf: z.null(),
    data,
    copyright: z.string(),
  });
}

/** Describes the routes in the shape of IODA. */
export function describeIoda(app: FastifyInstance): void {
  const words = (en: string, ru: string, kk: string) => ({ en, ru, kk });
  addOperation(app, {
    ...{ id: "ioda_signals", path: "/compat/ioda/v2/signals/raw/{type}/{code}", tag: "compat", query: SignalQuery },
    about: words(
      "Series of our probes in the shape of IODA's raw signals: value i is of the time from + i * step.",
      "Ряды наших зондов в виде сигналов IODA: значение i относится ко времени from + i * step.",
      "Біздің өлшегіштердің қатарлары IODA сигналдары түрінде: i-мән from + i * step уақытына тиесілі.",
    ),
    parts: { type: "country, region or asn", code: "KZ, a code such as KZ-75, or a number such as 9198" },
    answers: [{ type: "application/json", schema: answerOf("signals", z.array(z.array(SIGNAL))) }],
    example: "/compat/ioda/v2/signals/raw/country/KZ?maxPoints=6",
  });
  addOperation(app, {
    ...{ id: "ioda_events", path: "/compat/ioda/v2/outages/events", tag: "compat", query: EventQuery },
    about: words(
      "Losses of the line in the shape of IODA's outage events.",
      "Потери связи в виде событий отключений IODA.",
      "Байланыс үзілулері IODA ажырату оқиғалары түрінде.",
    ),
    answers: [{ type: "application/json", schema: answerOf("outages.events", z.array(EventRow)) }],
    example: "/compat/ioda/v2/outages/events?from=-30d",
  });
  addOperation(app, {
    ...{ id: "ioda_entities", path: "/compat/ioda/v2/entities/query", tag: "compat", query: EntityQuery },
    about: words(
      "The country, its regions and networks in the shape of IODA's entities.",
      "Страна, её области и сети в виде объектов IODA.",
      "Ел, оның өңірлері мен желілері IODA нысандары түрінде.",
    ),
    answers: [{ type: "application/json", schema: answerOf("entities", z.array(EntityRow)) }],
    example: "/compat/ioda/v2/entities/query?entityType=region&limit=2",
  });
}
