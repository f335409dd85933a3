import { z } from "zod";
import { WorldEvent } from "./event.ts";
import { Access, Asn, Place, ProbeId, Role, Url, Utc } from "./primitives.ts";
import { Entry } from "./records/entry.ts";
import { Target } from "./target.ts";
import { ContinueRequest } from "./wire.ts";

/** What the network knows of a probe: never a name, a contact or an address. */
export const ProbeInfo = z.object({
  id: ProbeId,
  role: Role,
  asn: Asn.nullable(),
  region: Place.nullable(),
  access: Access.nullable(),
  from: Utc,
  to: Utc.nullable(),
  /** The key of the same host that this one goes on for: the two are one witness. */
  continues: ProbeId.optional(),
});
export type ProbeInfo = z.infer<typeof ProbeInfo>;

/**
 * A time during which a probe's heartbeats arrived; `received` is when its end was known (design 4.5). Route `dns`: they
 * came as questions of DNS while nothing else did; the host was up, and the line was not.
 */
export const Presence = z.object({
  probe: ProbeId,
  from: Utc,
  to: Utc,
  received: Utc,
  route: z.enum(["dns"]).optional(),
});
export type Presence = z.infer<typeof Presence>;

/** A time in which the collector itself did not run: silence then says nothing. */
export const CollectorGap = z.object({ from: Utc, to: Utc });
export type CollectorGap = z.infer<typeof CollectorGap>;

/** One line of an archive (docs/method.md). A probe says its region, or its country where that is another. */
export const ArchiveLine = z.discriminatedUnion("type", [
  ProbeInfo.partial({ asn: true, region: true, access: true, from: true, to: true }).extend({
    type: z.literal("probe"),
    country: z.string().nullable().optional(),
  }),
  Target.partial({ names: true, why: true, source: true, risk: true, kind: true }).extend({
    type: z.literal("target"),
    url: Url,
    category: z.string().max(64),
    hostedIn: z.string().nullable().optional(),
  }),
  Presence.extend({ type: z.literal("presence") }),
  // A probe's own export has no `received`: the collector that takes it in says when it did.
  z.object({ type: z.literal("entry"), received: Utc.optional(), entry: Entry }),
  WorldEvent.extend({ type: z.literal("event") }),
  CollectorGap.extend({ type: z.literal("gap") }),
  // A probe's own export names the key that goes on for one whose journal was lost.
  ContinueRequest.extend({ type: z.literal("continue") }),
]);
export type ArchiveLine = z.infer<typeof ArchiveLine>;
