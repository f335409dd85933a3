import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Logger } from "pino";
import type { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { check } from "../../protocol/parse.ts";
import { ImBody } from "../../protocol/records/im.ts";
import { SpeedBody } from "../../protocol/records/speed.ts";
import { WebBody } from "../../protocol/records/web.ts";
import { onAbort } from "../measure/on-abort.ts";
import type { Measures } from "./measures.ts";
import type { Manner, Order, Task } from "./messages.ts";
import { measurerProgram } from "./program.ts";
import { readWord } from "./words.ts";

export type MeasurerOptions = {
  manner: Manner;
  env: Readonly<Record<string, string | undefined>>;
  /** Asked once for each site that met an anomaly, with the target's id. */
  mayFollowUp: (target: string) => boolean;
  log: Logger;
  /** Called when the process has ended because nothing more was to be measured. */
  onRest?: () => void;
  program?: readonly string[];
  lingerMs?: number;
  answerMs?: number;
};

/** The steps that measure, in a process that lives while there is something to measure. */
export type Measurer = Measures & {
  /** Ends the process at once; what is under way is given up. */
  close: () => Promise<void>;
};

/** The process outlives its last measurement by this much: rounds of laboratories follow one another within seconds. */
const LINGER_MS = 5_000;
/** More than any measurement takes (deadlines.totalMs, SPEED_CAPS), with what a slow host adds. */
const ANSWER_MS = 300_000;
/** For a measurement that was broken off to say what it saw. */
const GRACE_MS = 2_000;
/** So many deaths in a row, without a record between them, and nothing is started for a while. */
const DEATHS = { most: 3, pauseMs: 60_000 };
/** The young heap of a process that works for half a minute need not be large. */
const NODE_FLAGS = ["--max-semi-space-size=1"];
/** What is of no concern to the process that speaks with everybody. */
const KEPT_BACK = ["KUAGER_PASSPHRASE_FILE", "KUAGER_PROXY", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"];

type Waiting = {
  of: ChildProcess;
  target: string | null;
  resolve: (body: unknown) => void;
  reject: (error: Error) => void;
};

/**
 * Makes the steps. Each rejects with a `fault` when the process died under it, did not answer, or said what is no
 * record; with the signal's reason when it was broken off before it began.
 */
export function createMeasurer(options: MeasurerOptions): Measurer {
  const { manner, log, lingerMs = LINGER_MS, answerMs = ANSWER_MS } = options;
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | null = null;
  let linger: NodeJS.Timeout | undefined;
  let last = 0;
  let deaths = 0;
  let notBeforeMs = 0;

  const say = (order: Order) => child?.send(order, () => {});

  const start = (): ChildProcess => {
    if (performance.now() < notBeforeMs) throw fault("the measuring process died too often just now");
    const fresh = startProcess(options);
    child = fresh;
    fresh.on("message", hear);
    fresh.once("error", () => gone(fresh));
    fresh.once("exit", () => gone(fresh));
    say({ t: "manner", manner });
    return fresh;
  };

  const hear = (message: unknown): void => {
    const word = readWord(message);
    const one = word === null ? undefined : waiting.get(word.id);
    if (word === null || one === undefined) return;
    if (word.t === "ask") {
      say({ t: "may", id: word.id, allowed: one.target !== null && options.mayFollowUp(one.target) });
      return;
    }
    deaths = 0;
    if (word.t === "done") one.resolve(word.body);
    else one.reject(fault(word.text));
  };

  /** Ends the process, without waiting for it. */
  const end = (): void => {
    const ending = child;
    child = null;
    ending?.kill("SIGKILL");
  };

  const gone = (which: ChildProcess): void => {
    if (child === which) child = null;
    const lost = [...waiting.values()].filter(({ of }) => of === which);
    if (lost.length === 0) return;
    deaths += 1;
    if (deaths >= DEATHS.most) notBeforeMs = performance.now() + DEATHS.pauseMs;
    log.warn({ underWay: lost.length, deaths }, "the measuring process died");
    for (const one of lost) one.reject(fault("the measuring process died"));
  };

  const rest = (): void => {
    end();
    options.onRest?.();
  };

  const measure = async (task: Task, signal: AbortSignal): Promise<unknown> => {
    signal.throwIfAborted();
    clearTimeout(linger);
    const of = child ?? start();
    last += 1;
    const id = last;
    const limit = setTimeout(end, answerMs);
    let grace: NodeJS.Timeout | undefined;
    const deafen = onAbort(signal, () => {
      say({ t: "abort", id });
      grace = setTimeout(end, GRACE_MS);
    });
    try {
      return await new Promise((resolve, reject) => {
        waiting.set(id, { of, target: task.kind === "web" ? task.target.id : null, resolve, reject });
        say({ t: "measure", id, task });
      });
    } finally {
      waiting.delete(id);
      deafen();
      clearTimeout(limit);
      clearTimeout(grace);
      if (waiting.size === 0) linger = setTimeout(rest, lingerMs).unref();
    }
  };

  return {
    web: async (target, round, signal) => read(WebBody, await measure({ kind: "web", target, round }, signal)),
    messenger: async (messenger, round, signal) =>
      read(ImBody, await measure({ kind: "messenger", messenger, round }, signal)),
    pair: async (order, signal) => read(SpeedBody, await measure({ kind: "pair", order }, signal)),
    close: async () => {
      clearTimeout(linger);
      const ending = child;
      const isOver = ending === null || ending.exitCode !== null || ending.signalCode !== null;
      const ended = isOver ? null : once(ending, "exit");
      end();
      for (const one of waiting.values()) one.reject(fault("measuring was ended"));
      await ended?.catch(() => {});
    },
  };
}

function startProcess({ env, program = measurerProgram() }: MeasurerOptions): ChildProcess {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !KEPT_BACK.includes(name)));
  return spawn(process.execPath, [...NODE_FLAGS, ...program], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: own,
  });
}

function read<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const record = check(schema, body);
  if (record.ok) return record.value;
  throw fault(`what was measured is no record: ${record.problems.join("; ").slice(0, 500)}`);
}

function fault(text: string): CodedError {
  return new CodedError("fault", text);
}
