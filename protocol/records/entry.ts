import { z } from "zod";
import { Hex32, Ms, ProbeId, Utc } from "../primitives.ts";
import { ImBody } from "./im.ts";
import { AliveBody, StartBody, StopBody } from "./life.ts";
import { LinkBody } from "./link.ts";
import { SpeedBody } from "./speed.ts";
import { WebBody } from "./web.ts";

/** How the probe's clock stood to true time: true time is `at` + `offsetMs`. */
export const Clock = z.object({
  offsetMs: z.number().min(-1e13).max(1e13),
  source: z.enum(["collector", "https", "none"]),
  /** How far from the truth `offsetMs` may be. */
  boundMs: z.number().min(0).max(1e13).optional(),
  /** How fast the monotonic clock gains on true time, in millionths, once several contacts tell. */
  driftPpm: z.number().min(-1e6).max(1e6).optional(),
});
export type Clock = z.infer<typeof Clock>;

const envelope = {
  v: z.literal(1),
  probe: ProbeId,
  seq: z.int().min(1),
  prev: Hex32,
  boot: z.string().min(1).max(64),
  mono: Ms,
  at: Utc,
  clock: Clock,
};

/** One journal entry (design 4.1), discriminated on `kind`. */
export const Entry = z.discriminatedUnion("kind", [
  z.strictObject({ ...envelope, kind: z.literal("start"), body: StartBody }),
  z.strictObject({ ...envelope, kind: z.literal("alive"), body: AliveBody }),
  z.strictObject({ ...envelope, kind: z.literal("link"), body: LinkBody }),
  z.strictObject({ ...envelope, kind: z.literal("web"), body: WebBody }),
  z.strictObject({ ...envelope, kind: z.literal("im"), body: ImBody }),
  z.strictObject({ ...envelope, kind: z.literal("speed"), body: SpeedBody }),
  z.strictObject({ ...envelope, kind: z.literal("stop"), body: StopBody }),
]);
export type Entry = z.infer<typeof Entry>;
export type EntryKind = Entry["kind"];

/** The part of an entry that its writer decides; the journal adds the chain and the clocks. */
export type EntryDraft = { [K in EntryKind]: { kind: K; body: Extract<Entry, { kind: K }>["body"] } }[EntryKind];
