import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { LinkBody } from "../../protocol/records/link.ts";
import type { ProbeConfig } from "../../protocol/wire.ts";
import type { ProbeClock } from "../clock.ts";
import type { Identity } from "../identity/identity.ts";
import type { Journal } from "../journal/journal.ts";
import { type Addresses, addressesOf } from "./addresses.ts";
import { backoffMs } from "./backoff.ts";
import { fetchConfig, type PostEnd, postAll } from "./batches.ts";
import { type Cursor, createCursor } from "./cursor.ts";
import type { Heritage } from "./heritage.ts";
import { type Refusal, waitAfterMs } from "./refusal.ts";
import { Session, type SessionEnd } from "./session.ts";
import type { Way } from "./way.ts";

export type DeliveryOptions = {
  /** Addresses of the collector, tried in turn; none means that nothing is delivered. */
  collectors: readonly string[];
  identity: Identity;
  journal: Journal;
  clock: ProbeClock;
  log: Logger;
  heartbeatS: () => number;
  listVersion: () => string | null;
  onConfig: (config: ProbeConfig) => void;
  onTask: (targets: readonly string[]) => void;
  /** Called before a delivery over HTTPS, where no heartbeats go, so that the journal says that the host is up. */
  beforePost: () => void;
  /** What earlier keys of this host left to do; done before anything of the present key. */
  heritage?: Heritage;
  /** Called when the collector has another history of this probe: no more of it can be delivered under this key. */
  onFork?: () => void;
  way?: Way;
  random?: () => number;
  backoff?: (failures: number) => number;
};

/** A session that lasted this long starts the backoff anew; filters often let a connection live for seconds. */
const STEADY_MS = 60_000;
/** Two sessions in a row that broke sooner than this make the probe try HTTPS. */
const QUICK_MS = 10_000;
/** Deliveries over HTTPS are this many heartbeats apart: within the three after which a probe counts as silent. */
const BEATS_PER_POST = 2;
const CONFIG_MS = 3_600_000;
const CONFIG_AGAIN_MS = 300_000;

/** The one loop that carries the journal to a collector: WebSocket while it works, else HTTPS. Recording never waits for it. */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #addresses: readonly Addresses[];
  readonly #cursor: Cursor;
  readonly #reached = new Map<string, boolean>();
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;
  readonly #removeListener: () => void;
  #wake = new AbortController();
  #session: Session | null = null;
  #failures = 0;
  #quick = 0;
  #heardMs = performance.now();
  #configMono: number | null = null;
  /** Set while the probe ends: no more waiting, and one round of failures is enough. */
  #finishing = false;
  #gaveUp = false;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#addresses = options.collectors.map(addressesOf);
    this.#cursor = createCursor(options.journal, options.identity, options.log);
    this.#removeListener = options.journal.onCommit(() => this.#session?.pump());
    this.#loop = this.#run().catch((error: unknown) => options.log.error({ err: error }, "a fault in delivery"));
  }

  /** Each address of the collector, and whether it was reached at the last attempt. */
  routes(): LinkBody["collector"] {
    return this.#addresses.map(({ base }) => ({ route: base, ok: this.#reached.get(base) ?? false }));
  }

  /** When the collector was last heard, over WebSocket or HTTPS, or this began; on `performance.now()`. */
  heardMs(): number {
    return this.#heardMs;
  }

  /**
   * Delivers what is left, says goodbye and ends, all within `deadlineMs`. Returns whether everything was delivered.
   * With `mustGreet` it waits for a session to say goodbye in, even when nothing is left.
   */
  async finish(reason: string, deadlineMs: number, mustGreet = false): Promise<boolean> {
    const untilMs = performance.now() + deadlineMs;
    this.#finishing = true;
    this.#wake.abort();
    const isDone = () => !this.#cursor.behind() && (!mustGreet || this.#session?.isOpen() === true);
    while (!isDone() && !this.#gaveUp && performance.now() < untilMs) await sleep(25);
    this.#removeListener();
    this.#stop.abort();
    const session = this.#session;
    if (session?.isOpen()) {
      session.bye(reason);
      await Promise.race([session.done, sleep(1000)]);
    }
    session?.terminate();
    await this.#loop;
    return !this.#cursor.behind();
  }

  async #run(): Promise<void> {
    const count = this.#addresses.length;
    let turn = 0;
    for (
      let to = this.#addresses[0];
      to !== undefined && !this.#stop.signal.aborted;
      to = this.#addresses[turn % count]
    )
      if (!(await this.#turn(to, (turn + 1) % count === 0))) turn += 1;
    this.#gaveUp = true;
  }

  /** One attempt at one address, and the wait after it. Whether the same address is to be tried again. */
  async #turn(to: Addresses, isLast: boolean): Promise<boolean> {
    const settled = await this.#settle(to);
    if (!settled.ok) {
      if (settled.refusal !== null || isLast) await this.#wait(waitAfterMs(settled.refusal) ?? this.#backoffMs());
      return false;
    }
    const end = await this.#socket(to);
    if (this.#stop.signal.aborted) return true;
    this.#noteFork(end.refusal);
    const refusedMs = waitAfterMs(end.refusal);
    if (refusedMs !== null) await this.#wait(refusedMs);
    if (refusedMs !== null || (end.welcomed && this.#quick < 2)) {
      if (refusedMs === null) await this.#wait(this.#backoffMs());
      return true;
    }
    const posted = await this.#post(to);
    if (posted.ok) await this.#postFor(to, this.#backoffMs());
    else if (isLast) await this.#wait(waitAfterMs(posted.refusal) ?? this.#backoffMs());
    return posted.ok;
  }

  async #settle(to: Addresses): Promise<PostEnd> {
    const end = await (this.#options.heritage?.settle(to, this.#stop.signal) ?? { ok: true as const });
    if (end.ok) return end;
    this.#note(to, end.refusal !== null);
    this.#failures += 1;
    return end;
  }

  #noteFork(refusal: Refusal | null): void {
    if (refusal?.code === "fork") this.#options.onFork?.();
  }

  async #socket(to: Addresses): Promise<SessionEnd> {
    const { journal, identity, clock, log, way, listVersion, onConfig, onTask } = this.#options;
    const session = new Session({
      to,
      identity,
      clock,
      log,
      listVersion,
      onConfig,
      onTask,
      ...(way && { way }),
      cursor: this.#cursor,
      lastSeq: () => journal.head().seq,
      onOpen: () => this.#note(to, true),
      onHeard: () => this.#hear(),
    });
    this.#session = session;
    const end = await session.done;
    this.#session = null;
    this.#quick = end.welcomed && end.lastedMs < QUICK_MS ? this.#quick + 1 : 0;
    // Where something came across, the next attempt need not wait long.
    this.#failures = end.lastedMs >= STEADY_MS || end.acknowledged > 0 ? 0 : this.#failures + 1;
    return end;
  }

  async #post(to: Addresses): Promise<PostEnd> {
    const { beforePost, clock, way } = this.#options;
    beforePost();
    // With nothing to deliver nobody is asked, and nobody is heard.
    const asks = this.#cursor.behind();
    const end = await postAll({ to, cursor: this.#cursor, clock, ...(way && { way }) }, this.#stop.signal);
    this.#note(to, end.ok);
    if (end.ok && asks) this.#hear();
    if (!end.ok) this.#noteFork(end.refusal);
    if (end.ok) await this.#askConfig(to);
    return end;
  }

  /** Delivers over HTTPS until it is time to try the WebSocket again. */
  async #postFor(to: Addresses, durationMs: number): Promise<void> {
    const untilMs = performance.now() + durationMs;
    const everyMs = this.#options.heartbeatS() * 1000 * BEATS_PER_POST;
    while (!this.#stop.signal.aborted && !this.#finishing) {
      const leftMs = untilMs - performance.now();
      await this.#wait(Math.max(0, Math.min(leftMs, everyMs)));
      if (leftMs <= everyMs || !(await this.#post(to)).ok) return;
    }
  }

  /** Over HTTPS the configuration is asked for, hourly. */
  async #askConfig(to: Addresses): Promise<void> {
    const { clock, identity, way, onConfig } = this.#options;
    if (this.#finishing || (this.#configMono !== null && clock.monoMs() - this.#configMono < CONFIG_MS)) return;
    const config = await fetchConfig(to, identity.probe, way, this.#stop.signal);
    // A line that carries deliveries may be too poor for the list: it is not asked for at each of them.
    this.#configMono = clock.monoMs() - (config === null ? CONFIG_MS - CONFIG_AGAIN_MS : 0);
    if (config !== null) onConfig(config);
  }

  #hear(): void {
    this.#heardMs = performance.now();
  }

  #note(to: Addresses, ok: boolean): void {
    if (this.#reached.get(to.base) !== ok)
      this.#options.log.info({ collector: to.base, ok }, "the way to the collector");
    this.#reached.set(to.base, ok);
  }

  #backoffMs(): number {
    const { backoff, random = Math.random } = this.#options;
    const failures = Math.max(0, this.#failures - 1);
    return backoff?.(failures) ?? backoffMs(failures, random);
  }

  async #wait(ms: number): Promise<void> {
    if (this.#finishing) this.#gaveUp = true;
    const signal = AbortSignal.any([this.#stop.signal, this.#wake.signal]);
    await sleep(ms, null, { signal }).catch(() => {});
    if (!this.#stop.signal.aborted) this.#wake = new AbortController();
  }
}
