import { z } from "zod";
import { Incident } from "../../../protocol/incident.ts";
import { IncidentNumber } from "../../../protocol/publication.ts";

/**
 * An incident as the API lists it: as the analysis knows it, with the number and version under which it is published
 * (`number` null and no `version` while it is not). `revision` is the analysis' own count of its changes.
 */
export const IncidentRow = Incident.omit({ version: true }).extend({
  number: IncidentNumber.nullable(),
  version: z.int().min(1).optional(),
  revision: z.int().min(1).optional(),
});
export type IncidentRow = z.infer<typeof IncidentRow>;
