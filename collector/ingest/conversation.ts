import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse.ts";
import { type CollectorFrame, ProbeFrame } from "../../protocol/wire.ts";
import { utc } from "../time.ts";
import { deliver } from "./deliver.ts";
import { greet } from "./greet.ts";
import type { Intake } from "./intake.ts";
import { type Refusal, refusal } from "./refusal.ts";

export type ConversationParts = {
  readonly intake: Intake;
  readonly nonce: string;
  readonly send: (frame: CollectorFrame) => void;
  /** Says why, and ends the conversation. */
  readonly refuse: (why: Refusal) => void;
  readonly greeted: (probe: string) => void;
  readonly end: () => void;
  readonly now?: () => number;
};

export type Conversation = {
  hear: (data: Buffer, isBinary: boolean) => void;
  silentForMs: () => number;
};

/** Messages that may wait while one is worked on; a probe in order never has more than a batch and a beat. */
const WAITING_MAX = 8;
const TEXT_FRAME_BYTES = 8 * 1024;

/** One probe's side of the dialogue, message by message in order, free of sockets: challenge → hello → the rest. */
export function createConversation(parts: ConversationParts): Conversation {
  const { intake, now = Date.now } = parts;
  let probe: string | null = null;
  let ended = false;
  let waiting = 0;
  let heardAt = now();
  let last: Promise<void> = Promise.resolve();

  function stop(why: Refusal): void {
    if (ended) return;
    ended = true;
    intake.meter.refused(why.code);
    parts.refuse(why);
  }

  async function hello(frame: Extract<ProbeFrame, { t: "hello" }>): Promise<void> {
    if (probe !== null) return stop(refusal("bad_message", "Hello was said before."));
    const greeting = await greet(intake, frame, parts.nonce);
    if (!greeting.ok) return stop(greeting);
    probe = frame.probe;
    parts.greeted(probe);
    parts.send(greeting.welcome);
  }

  async function text(data: Buffer): Promise<void> {
    if (data.length > TEXT_FRAME_BYTES) return stop(refusal("too_big", "A frame of text is longer than any we know."));
    const frame = parseJson(ProbeFrame, data.toString("utf8"));
    if (!frame.ok) return stop(refusal("bad_message", `Not a frame: ${frame.problems.join("; ")}`));
    if (frame.value.t === "hello") return hello(frame.value);
    if (probe === null) return stop(refusal("bad_message", "Say hello first."));
    if (frame.value.t === "bye") {
      ended = true;
      return parts.end();
    }
    const waitS = intake.limits.take("frames", probe);
    if (waitS > 0) return stop(refusal("too_fast", `Too many beats. Wait ${waitS} seconds.`, waitS));
    intake.presence.beat(probe);
    parts.send({ t: "time", at: utc(now()) });
  }

  async function binary(data: Buffer): Promise<void> {
    if (data.length > LIMITS.messageBytes)
      return stop(refusal("too_big", `A message may have ${LIMITS.messageBytes} bytes. Send fewer entries at once.`));
    if (probe === null) return stop(refusal("bad_message", "Say hello first."));
    const delivered = await deliver(intake, data, probe);
    if (!delivered.ok) return stop(delivered);
    parts.send({ t: "ack", seq: delivered.seq, at: utc(now()) });
  }

  async function handle(data: Buffer, isBinary: boolean): Promise<void> {
    if (ended) return;
    try {
      await (isBinary ? binary(data) : text(data));
    } catch (error) {
      intake.log.error({ err: error }, "a message could not be handled");
      stop(refusal("cannot_store", "The collector has a fault of its own. Keep the entries and try later.", 60));
    }
  }

  return {
    silentForMs: () => now() - heardAt,
    hear: (data, isBinary) => {
      heardAt = now();
      if (ended) return;
      if (waiting >= WAITING_MAX) return stop(refusal("too_fast", "Wait for each answer before sending more.", 1));
      waiting += 1;
      last = last.then(() => handle(data, isBinary)).finally(() => (waiting -= 1));
    },
  };
}
