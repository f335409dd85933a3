import { z } from "zod";
import { DnsBeat } from "./dns-beat.ts";
import { LIMITS } from "./limits.ts";
import { Access, Asn, Place, ProbeId, Role, Text, Utc } from "./primitives.ts";
import { SealKey } from "./seal.ts";
import { PublicKey, Signature } from "./signature.ts";
import { TargetList } from "./target.ts";

/**
 * What probe and collector say to each other. WebSocket `/uplink/v1` carries one JSON object a text frame, and
 * gzipped JSON batches as binary frames; `POST /uplink/v1/batches` takes the same batch over HTTPS.
 */
export const WIRE_VERSION = 1;

/** `POST /uplink/v1/join`. The signature (purpose `join`) covers the code. */
export const JoinRequest = z.strictObject({
  code: z.string().min(8).max(64),
  publicKey: PublicKey,
  signature: Signature,
  consent: z.string().max(32),
});
export type JoinRequest = z.infer<typeof JoinRequest>;

/** How a probe should work; sent at joining and at each contact. */
export const ProbeConfig = z.object({
  heartbeatS: z.number().min(1).max(600),
  roundS: z.number().min(1).max(86400),
  linkS: z.number().min(1).max(3600),
  list: TargetList,
  /** The key for which the probe seals what leaves it as a file. */
  sealKey: SealKey.optional(),
  /** Whether the collector takes the random bytes of paired uploads (`POST /uplink/v1/speed`). */
  takesUploads: z.boolean().optional(),
  /** Who signs releases of the probe; a probe keeps the one it was told at joining. */
  releaseKey: PublicKey.optional(),
  /** Where and how heartbeats may come as DNS questions; absent where the collector answers for no zone. */
  dnsBeat: DnsBeat.optional(),
});
export type ProbeConfig = z.infer<typeof ProbeConfig>;

export const JoinResponse = z.object({
  probe: ProbeId,
  role: Role,
  region: Place.nullable(),
  asn: Asn.nullable(),
  access: Access.nullable(),
  config: ProbeConfig,
});
export type JoinResponse = z.infer<typeof JoinResponse>;

/**
 * `POST /uplink/v1/leave`. The signature (purpose `leave`) covers {@link leaveMessage}. `at` is the probe's time of
 * saying it, by the collector's clock as far as the probe knows it: an old request cannot undo a later joining.
 */
export const LeaveRequest = z.strictObject({ probe: ProbeId, at: Utc, signature: Signature });
export type LeaveRequest = z.infer<typeof LeaveRequest>;

/** Answer to {@link LeaveRequest}: since when the collector counts the probe as gone. */
export const LeaveResponse = z.object({ probe: ProbeId, leftAt: Utc });
export type LeaveResponse = z.infer<typeof LeaveResponse>;

/** The text that a probe signs to leave. */
export function leaveMessage({ probe, at }: Pick<LeaveRequest, "probe" | "at">): string {
  return `${probe} ${at}`;
}

/**
 * `POST /uplink/v1/continue`: the host of `probe` lost its journal and goes on under a new key. Both signatures
 * (purpose `continue`) cover {@link continueMessage}: the old key names the new one, and the new one is its speaker's.
 */
export const ContinueRequest = z.strictObject({
  probe: ProbeId,
  publicKey: PublicKey,
  signature: Signature,
  proof: Signature,
});
export type ContinueRequest = z.infer<typeof ContinueRequest>;

/** The text that both keys sign. */
export function continueMessage({ probe, publicKey }: Pick<ContinueRequest, "probe" | "publicKey">): string {
  return `${probe} ${publicKey}`;
}

/**
 * A delivery: consecutive entries as canonical JSON text (so that what was signed is what is stored), and one
 * signature (purpose `journal`) over the hash of the last of them, which covers all before it through the chain.
 */
export const Batch = z.strictObject({
  probe: ProbeId,
  entries: z.array(z.string().max(LIMITS.entryBytes)).min(1).max(LIMITS.entriesPerBatch),
  signature: Signature,
});
export type Batch = z.infer<typeof Batch>;

/** Frames from the probe. `hello` answers the collector's challenge (signature of purpose `hello` over the nonce). */
export const ProbeFrame = z.discriminatedUnion("t", [
  z.strictObject({
    t: z.literal("hello"),
    v: z.literal(WIRE_VERSION),
    probe: ProbeId,
    signature: Signature,
    software: z.string().max(64),
    listVersion: z.string().max(64).nullable(),
  }),
  z.strictObject({ t: z.literal("beat"), seq: z.int().min(0) }),
  z.strictObject({ t: z.literal("bye"), reason: Text }),
]);
export type ProbeFrame = z.infer<typeof ProbeFrame>;

/** Frames from the collector. `ack` means stored and committed up to and including `seq`. */
export const CollectorFrame = z.discriminatedUnion("t", [
  z.object({ t: z.literal("challenge"), v: z.literal(WIRE_VERSION), nonce: z.string().min(16).max(64), at: Utc }),
  z.object({
    t: z.literal("welcome"),
    seq: z.int().min(0),
    hash: z.string().max(64),
    at: Utc,
    config: ProbeConfig.nullable(),
    heartbeatS: z.number(),
  }),
  z.object({ t: z.literal("ack"), seq: z.int().min(0), at: Utc }),
  z.object({ t: z.literal("time"), at: Utc }),
  z.object({ t: z.literal("task"), kind: z.literal("round"), targets: z.array(z.string().max(253)).max(64) }),
  z.object({
    t: z.literal("refuse"),
    code: z.string().max(64),
    says: Text,
    retryAfterS: z.number().min(0).max(86400).nullable(),
  }),
]);
export type CollectorFrame = z.infer<typeof CollectorFrame>;

/** Close codes of the uplink (4000 to 4999 are the application's own, RFC 6455 section 7.4.2). */
export const CLOSE = {
  badMessage: 4400,
  badSignature: 4401,
  unknownProbe: 4403,
  tooLate: 4408,
  brokenChain: 4409,
  tooBig: 4413,
  tooFast: 4429,
  cannotStore: 4507,
  goingAway: 4503,
} as const;

/** Refusal codes in `refuse` frames and problem answers, with the close code each brings. */
export const REFUSALS = {
  bad_message: CLOSE.badMessage,
  bad_signature: CLOSE.badSignature,
  unknown_probe: CLOSE.unknownProbe,
  revoked: CLOSE.unknownProbe,
  left: CLOSE.unknownProbe,
  wrong_time: CLOSE.badMessage,
  hello_timeout: CLOSE.tooLate,
  gap: CLOSE.brokenChain,
  fork: CLOSE.brokenChain,
  too_big: CLOSE.tooBig,
  too_fast: CLOSE.tooFast,
  cannot_store: CLOSE.cannotStore,
  going_away: CLOSE.goingAway,
} as const;
export type RefusalCode = keyof typeof REFUSALS;

/** RFC 9457 problem details, the body of every HTTP error. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
