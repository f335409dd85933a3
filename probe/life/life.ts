import { uptime } from "node:os";
import type { StartBody } from "../../protocol/records/life.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { type ProbeClock, utc } from "../clock.ts";
import type { Journal } from "../journal/journal.ts";
import { batteryPercent, powerSource } from "./power.ts";
import { readContinues, readPrevious, SIGN_NOTE } from "./previous.ts";
import { openSignFile, type Sign } from "./sign-file.ts";
import { addBeat, aliveBody, type Beat, firstBeat, isBroken, type Stretch } from "./stretch.ts";

/** The part of the journal that says when the host was up: `start`, `alive`, `stop`. */
export type Life = {
  /** Writes the beats so far as one `alive` entry (not yet committed). */
  writeAlive: () => void;
  /** Writes the last beats and a clean `stop`, committed at once, and ends the timer. */
  stop: (reason: string) => void;
  /** Ends the timer without a word. */
  close: () => void;
};

/** What a commit to a slow card may take. */
const COMMIT_MS = 1000;

export type LifeOptions = {
  journal: Journal;
  clock: ProbeClock;
  heartbeatS: () => number;
  beatsPerEntry?: number;
  software?: string;
  /** Where the kernel lists power supplies. */
  supplies?: string;
};

/** Writes `start` at once and from then on notes a beat every heartbeat, ten of them to an entry. */
export function startLife(options: LifeOptions): Life {
  const { journal, clock, heartbeatS, beatsPerEntry = 10, software = SOFTWARE, supplies } = options;
  journal.append({ kind: "start", body: startBody(options) }, { urgent: true });
  const signs = openSignFile(journal.folder);
  const beatNow = (): Beat => {
    const beat = { wallMs: clock.wallMs(), mono: clock.monoMs(), slept: clock.sleptMs(), power: powerSource(supplies) };
    const sign = signOf(options, beat, software);
    // Without a sign on the disk at each beat a loss of power would be known to minutes only.
    if (!signs.write(sign)) journal.setNote(SIGN_NOTE, JSON.stringify(sign));
    return beat;
  };
  let run: Stretch | null = firstBeat(beatNow(), null);
  let last = run.last;
  let timer: NodeJS.Timeout;
  const writeAlive = () => {
    if (run === null) return;
    journal.append({ kind: "alive", body: aliveBody(run) });
    last = run.last;
    run = null;
  };
  const count = () => {
    const beat = beatNow();
    // A host that slept, a wall clock set anew or another power supply is no proof of the time between: a new stretch.
    if (run !== null && isBroken(run.last, beat, heartbeatS() * 1000)) writeAlive();
    run = run === null ? firstBeat(beat, last) : addBeat(run, beat);
    if (run.beats >= beatsPerEntry) writeAlive();
  };
  const arm = () => {
    timer = setTimeout(() => {
      count();
      arm();
    }, heartbeatS() * 1000);
  };
  journal.flush();
  arm();
  const close = () => {
    clearTimeout(timer);
    signs.close();
  };
  return {
    writeAlive,
    stop: (reason) => {
      clearTimeout(timer);
      if (run !== null) count();
      writeAlive();
      journal.append({ kind: "stop", body: { reason } }, { urgent: true });
      close();
    },
    close,
  };
}

function signOf({ journal, clock }: LifeOptions, { mono, wallMs, power }: Beat, software: string): Sign {
  const { offsetMs } = clock.offset();
  const acknowledged = journal.acknowledgement();
  const sign = { boot: clock.boot, mono, at: utc(wallMs), offsetMs, software, power };
  return acknowledged === null ? sign : { ...sign, acknowledged };
}

function startBody({ journal, clock, heartbeatS, software = SOFTWARE, supplies }: LifeOptions): StartBody {
  const percent = batteryPercent(supplies);
  return {
    software,
    uptimeS: Math.round(uptime() * 10) / 10,
    previous: readPrevious(journal, clock, { software, boundMs: heartbeatS() * 1000 + COMMIT_MS }),
    power: powerSource(supplies),
    ...(percent !== null && { batteryPercent: percent }),
    ...readContinues(journal),
  };
}
