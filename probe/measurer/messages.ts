import type { SpeedBody } from "../../protocol/records/speed.ts";
import type { Target } from "../../protocol/target.ts";
import type { Messenger } from "../../targets/messengers.ts";
import type { BlockPage } from "../../targets/schema.ts";
import type { AllowPrivate } from "../measure/bogon.ts";
import type { SpeedPair } from "../measure/speed-control.ts";

/** How all is measured, told once at the start. */
export type Manner = {
  publicResolvers: readonly string[];
  doh: readonly string[];
  /** PEM certificates trusted besides the public roots. */
  ca: readonly string[];
  allowPrivate: AllowPrivate;
  controlSni: string;
  blockPages: readonly BlockPage[];
};

/** A pair for speed, and how it is measured. */
export type PairOrder = { target: string; pair: SpeedPair; direction: SpeedBody["direction"]; metered: boolean };

/** One measurement. */
export type Task =
  | { kind: "web"; target: Target; round: string }
  | { kind: "messenger"; messenger: Messenger; round: string }
  | { kind: "pair"; order: PairOrder };

/** What the probe says to the measuring process. */
export type Order =
  | { t: "manner"; manner: Manner }
  | { t: "measure"; id: number; task: Task }
  /** The answer to an `ask`. */
  | { t: "may"; id: number; allowed: boolean }
  | { t: "abort"; id: number };

/** What the measuring process says. */
export type Word =
  /** Whether a closer look at this measurement's target is allowed now. */
  | { t: "ask"; id: number }
  | { t: "done"; id: number; body: unknown }
  /** A fault of ours, as text. */
  | { t: "fault"; id: number; text: string };
