import { LIMITS } from "../../protocol/limits.ts";
import type { DnsStep, HttpStep, TcpStep, TlsStep } from "../../protocol/records/web.ts";
import { bogonTest } from "./bogon.ts";
import { DEADLINES, type Deadlines } from "./deadlines.ts";
import { onAbort } from "./on-abort.ts";
import { startTimer, type Timer } from "./timer.ts";
import { type Trust, trustIn } from "./trust.ts";
import type { WebOptions } from "./web-options.ts";

/** The steps of one measurement as they are appended, by kind. */
export type StepKinds = { dns: DnsStep; tcp: TcpStep; tls: TlsStep; http: HttpStep };
export type StepLists = { readonly [K in keyof StepKinds]: StepKinds[K][] };

/** One measurement under way: what it is told, its clock, and its record so far. */
export type Measurement = {
  readonly options: WebOptions;
  readonly deadlines: Deadlines;
  readonly timer: Timer;
  readonly trust: Trust;
  readonly isBogon: (ip: string) => boolean;
  /** Ends with the caller's signal or when the total deadline has passed. */
  readonly signal: AbortSignal;
  readonly steps: StepLists;
  /** Addresses of this host that connections left from: to see which line was used, never recorded. */
  readonly leftFrom: Set<string>;
  /** Appends a step and returns it with its id; ids count up over all kinds. */
  readonly add: <K extends keyof StepKinds>(kind: K, step: Omit<StepKinds[K], "id">) => StepKinds[K];
  /** How many more steps of a kind the record takes. */
  readonly room: (kind: keyof StepKinds) => number;
  readonly leftMs: () => number;
  readonly close: () => void;
};

/** Starts the clock and the total deadline of a measurement. Its `close()` releases both. */
export function startMeasurement(options: WebOptions, signal: AbortSignal): Measurement {
  const deadlines = { ...DEADLINES, ...options.deadlines };
  const timer = startTimer();
  const stop = new AbortController();
  const abort = () => stop.abort();
  const deadline = setTimeout(abort, deadlines.totalMs);
  const deafen = onAbort(signal, abort);
  if (signal.aborted) abort();
  const steps: StepLists = { dns: [], tcp: [], tls: [], http: [] };
  let lastId = 0;
  return {
    options,
    deadlines,
    timer,
    trust: trustIn(options.ca),
    isBogon: bogonTest(options.allowPrivate ?? false),
    signal: stop.signal,
    steps,
    leftFrom: new Set(),
    add: <K extends keyof StepKinds>(kind: K, step: Omit<StepKinds[K], "id">) => {
      // The compiler cannot see that a step without its id, and an id, make a step of the same kind.
      const whole = { id: ++lastId, ...step } as unknown as StepKinds[K];
      const list: StepKinds[K][] = steps[kind];
      if (list.length < LIMITS.stepsPerKind) list.push(whole);
      return whole;
    },
    room: (kind) => LIMITS.stepsPerKind - steps[kind].length,
    leftMs: () => deadlines.totalMs - timer(),
    close: () => {
      clearTimeout(deadline);
      deafen();
    },
  };
}
