import type { Logger } from "pino";
import { parseJson } from "../../protocol/parse.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { CLOSE, CollectorFrame, type ProbeConfig, type ProbeFrame, WIRE_VERSION } from "../../protocol/wire.ts";
import type { ProbeClock } from "../clock.ts";
import type { Identity } from "../identity/identity.ts";
import type { Addresses } from "./addresses.ts";
import type { Cursor } from "./cursor.ts";
import type { Packed } from "./pack.ts";
import type { Refusal } from "./refusal.ts";
import type { Way } from "./way.ts";
import { type Channel, openChannel } from "./websocket.ts";

export type SessionOptions = {
  to: Addresses;
  identity: Identity;
  cursor: Cursor;
  clock: ProbeClock;
  log: Logger;
  way?: Way;
  openMs?: number;
  lastSeq: () => number;
  listVersion: () => string | null;
  onConfig: (config: ProbeConfig) => void;
  onTask: (targets: readonly string[]) => void;
  /** Called when the collector has greeted this probe. */
  onOpen: () => void;
  /** Called with each word of a collector that has greeted this probe. */
  onHeard: () => void;
};

/** How a session ended: whether it ever worked, how long it did, how many deliveries were acknowledged, and the collector's no, if it said one. */
export type SessionEnd = { welcomed: boolean; lastedMs: number; acknowledged: number; refusal: Refusal | null };

/** Time for the greeting after the connection stands, and for an acknowledgement after a delivery. */
const ANSWER_MS = 60_000;
/** Beats without any word of the collector after which the line counts as dead. */
const BEATS_MISSED = 3;

/** One WebSocket session with a collector: greeting, deliveries one at a time, heartbeats. Ends; never throws. */
export class Session {
  readonly done: Promise<SessionEnd>;
  readonly #options: SessionOptions;
  readonly #channel: Channel;
  readonly #finish: (end: SessionEnd) => void;
  #welcomedMono: number | null = null;
  #refusal: Refusal | null = null;
  #askedMono = 0;
  #heartbeatMs = 30_000;
  #unanswered = 0;
  #sending: (Packed & { patience: NodeJS.Timeout }) | null = null;
  #acknowledged = 0;
  #packing = false;
  #closed = false;
  #timer: NodeJS.Timeout;

  constructor(options: SessionOptions) {
    this.#options = options;
    const { promise, resolve } = withResolvers<SessionEnd>();
    this.done = promise;
    this.#finish = resolve;
    this.#timer = setTimeout(() => this.terminate(), (options.openMs ?? 15_000) + ANSWER_MS);
    this.#channel = openChannel({
      url: options.to.socket,
      ...(options.way && { way: options.way }),
      ...(options.openMs && { openMs: options.openMs }),
      onText: (text) => this.#onText(text),
      onClose: () => this.#onClose(),
    });
  }

  /** Whether the collector has greeted this probe. */
  isOpen(): boolean {
    return this.#welcomedMono !== null && !this.#closed;
  }

  /** Sends the next delivery unless one is under way. Call after each commit. */
  pump(): void {
    if (!this.isOpen() || this.#sending !== null || this.#packing) return;
    if (!this.#options.cursor.behind()) return;
    this.#packing = true;
    this.#sendNext()
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, "a fault while packing a delivery");
        this.terminate();
      })
      .finally(() => {
        this.#packing = false;
      });
  }

  /** Says goodbye and closes. */
  bye(reason: string): void {
    if (this.isOpen()) this.#send({ t: "bye", reason });
    this.#channel.close(1000);
  }

  /** Cuts the session at once. */
  terminate(): void {
    this.#channel.terminate();
  }

  async #sendNext(): Promise<void> {
    const packed = await this.#options.cursor.next();
    if (packed === null || this.#closed) return;
    this.#sending = { ...packed, patience: setTimeout(() => this.terminate(), ANSWER_MS) };
    this.#channel.sendBinary(packed.data);
  }

  #send(frame: ProbeFrame): void {
    this.#channel.sendText(JSON.stringify(frame));
  }

  #onText(text: string): void {
    const parsed = parseJson(CollectorFrame, text);
    if (!parsed.ok) {
      this.#options.log.warn({ problems: parsed.problems }, "the collector said something that is not understood");
      this.#channel.close(CLOSE.badMessage);
      return;
    }
    this.#unanswered = 0;
    this.#onFrame(parsed.value);
    if (this.#welcomedMono !== null) this.#options.onHeard();
  }

  #onFrame(frame: CollectorFrame): void {
    const { clock, onTask } = this.#options;
    switch (frame.t) {
      case "challenge":
        this.#answer(frame.nonce);
        break;
      case "welcome":
        this.#onWelcome(frame);
        break;
      case "ack":
        this.#onAck(frame.seq, frame.at);
        break;
      case "time":
        clock.learn(Date.parse(frame.at), this.#askedMono, clock.monoMs());
        break;
      case "task":
        onTask(frame.targets);
        break;
      case "refuse":
        this.#onRefusal({ code: frame.code, retryAfterS: frame.retryAfterS });
        break;
    }
  }

  #answer(nonce: string): void {
    const { identity, listVersion, clock } = this.#options;
    this.#askedMono = clock.monoMs();
    this.#send({
      t: "hello",
      v: WIRE_VERSION,
      probe: identity.probe,
      signature: identity.sign("hello", nonce),
      software: SOFTWARE,
      listVersion: listVersion(),
    });
  }

  #onWelcome(frame: Extract<CollectorFrame, { t: "welcome" }>): void {
    const { clock, cursor, onConfig } = this.#options;
    clock.learn(Date.parse(frame.at), this.#askedMono, clock.monoMs());
    this.#heartbeatMs = Math.max(1000, frame.heartbeatS * 1000);
    if (frame.config !== null) onConfig(frame.config);
    if (!cursor.resume(frame.seq, frame.hash)) {
      this.#onRefusal({ code: "fork", retryAfterS: null });
      return;
    }
    this.#welcomedMono = clock.monoMs();
    this.#options.onOpen();
    this.#beat();
    this.pump();
  }

  #onAck(seq: number, at: string): void {
    this.#options.cursor.acknowledged(seq, at);
    if (this.#sending === null || seq < this.#sending.lastSeq) return;
    clearTimeout(this.#sending.patience);
    this.#sending = null;
    this.#acknowledged += 1;
    this.pump();
  }

  #onRefusal(refusal: Refusal): void {
    this.#refusal = refusal;
    const { cursor, log } = this.#options;
    if (refusal.code === "too_big") cursor.shrink();
    if (refusal.code === "gap") cursor.rewind();
    log.warn(refusal, "the collector refused");
    this.#channel.close(1000);
  }

  #beat(): void {
    const { clock, lastSeq } = this.#options;
    clearTimeout(this.#timer);
    if (this.#unanswered >= BEATS_MISSED) {
      this.terminate();
      return;
    }
    this.#unanswered += 1;
    this.#askedMono = clock.monoMs();
    this.#send({ t: "beat", seq: lastSeq() });
    this.#timer = setTimeout(() => this.#beat(), this.#heartbeatMs * (0.9 + 0.1 * Math.random()));
  }

  #onClose(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    const { clock, cursor } = this.#options;
    if (this.#sending !== null) {
      clearTimeout(this.#sending.patience);
      // A refusal is an answer; otherwise the line broke under what was sent.
      if (this.#refusal === null) cursor.broke(this.#sending);
    }
    const lastedMs = this.#welcomedMono === null ? 0 : clock.monoMs() - this.#welcomedMono;
    const welcomed = this.#welcomedMono !== null;
    this.#finish({ welcomed, lastedMs, acknowledged: this.#acknowledged, refusal: this.#refusal });
  }
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
