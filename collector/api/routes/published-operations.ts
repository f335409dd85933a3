import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { IncidentNumber, LegalBasis, PublishedVersion, RegistryLookup } from "../../../protocol/publication.ts";
import { ENVELOPE } from "../envelope.ts";
import { PARAMETERS } from "../query.ts";
import { RowNames } from "../row-names.ts";
import { IncidentRow } from "../rows/incident-row.ts";
import { StatementSchema } from "../rows/legal-rows.ts";
import { addOperation } from "../spec/operation.ts";

/** A number of a version, as text. */
export const VersionText = z
  .string()
  .regex(/^[1-9]\d{0,5}$/, "expected the number of a version")
  .transform(Number);

export const ONE_QUERY = z.strictObject({ as_of: PARAMETERS.as_of });
export const DIFFERENCE_QUERY = z.strictObject({
  from: VersionText.describe("number of a version"),
  to: VersionText.describe("number of a version"),
});

const One = z.strictObject({
  ...ENVELOPE,
  names: RowNames,
  incident: IncidentRow,
  publication: PublishedVersion.omit({ incident: true })
    .extend({ versions: z.int().min(1).describe("how many there are") })
    .nullable()
    .describe("null while it is not published"),
  legal: z.array(LegalBasis).optional(),
  registry: z.array(RegistryLookup).optional(),
  statements: z.array(StatementSchema).optional(),
});
const Versions = z.strictObject({
  ...ENVELOPE,
  number: IncidentNumber,
  versions: z.array(PublishedVersion),
  next: z.null(),
});
const Difference = z.strictObject({
  ...{ number: IncidentNumber, from: z.int(), to: z.int() },
  differences: z.array(z.strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});

const ID = "number of an incident such as KZ-2026-0042, or an id of the analysis";
const asJson = (schema: z.ZodType) => [{ type: "application/json", schema }];

/** Describes the routes of published incidents. */
export function describePublished(app: FastifyInstance): void {
  addOperation(app, {
    ...{ id: "incident", path: "/api/v1/incidents/{id}", tag: "data", query: ONE_QUERY, answers: asJson(One) },
    about: {
      en: "One incident at its newest version, with legal basis, registry and statements.",
      ru: "Один инцидент в новейшей версии: правовое основание, реестр и заявления.",
      kk: "Бір инциденттің ең соңғы нұсқасы: құқықтық негізі, тізілім және мәлімдемелер.",
    },
    ...{ parts: { id: ID }, example: null },
  });
  addOperation(app, {
    ...{ id: "incident_versions", path: "/api/v1/incidents/{id}/versions", tag: "data", query: null },
    about: {
      en: "All published versions of an incident, newest first.",
      ru: "Все опубликованные версии инцидента, от новых к старым.",
      kk: "Инциденттің барлық жарияланған нұсқалары, жаңасынан ескісіне қарай.",
    },
    ...{ parts: { id: ID }, answers: asJson(Versions), example: null },
  });
  addOperation(app, {
    ...{ id: "incident_version", path: "/api/v1/incidents/{id}/versions/{version}", tag: "data", query: null },
    about: {
      en: "One published version: canonical JSON (RFC 8785), the same bytes for ever, without an envelope.",
      ru: "Одна опубликованная версия: канонический JSON (RFC 8785), одни и те же байты навсегда, без обёртки.",
      kk: "Бір жарияланған нұсқа: канондық JSON (RFC 8785), мәңгі бір байттар, қосымша өріссіз.",
    },
    parts: { id: ID, version: "number of a version" },
    ...{ answers: asJson(PublishedVersion), example: null },
  });
  addOperation(app, {
    ...{ id: "incident_difference", path: "/api/v1/incidents/{id}/difference", tag: "data", query: DIFFERENCE_QUERY },
    about: {
      en: "What one version tells differently from another; without an envelope, since it never changes.",
      ru: "Чем одна версия отличается от другой; без обёртки, так как ответ не меняется.",
      kk: "Бір нұсқаның екіншісінен айырмасы; жауап өзгермейтіндіктен қосымша өріссіз.",
    },
    ...{ parts: { id: ID }, answers: asJson(Difference), example: null },
  });
}
