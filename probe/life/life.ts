import { existsSync, readdirSync, readFileSync } from "node:fs";
import { uptime } from "node:os";
import type { StartBody } from "../../protocol/records/life.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import { type ProbeClock, utc } from "../clock.ts";
import type { Journal } from "../journal/journal.ts";

/** The part of the journal that says when the host was up: `start`, `alive`, `stop`. */
export type Life = {
  /** Writes the beats so far as one `alive` entry (not yet committed). */
  writeAlive: () => void;
  /** Writes the last beats and a clean `stop`, committed at once, and ends the timer. */
  stop: (reason: string) => void;
  /** Ends the timer without a word. */
  close: () => void;
};

export type LifeOptions = { journal: Journal; clock: ProbeClock; heartbeatS: () => number; beatsPerEntry?: number };

/** Writes `start` at once and from then on notes a beat every heartbeat, ten of them to an entry. */
export function startLife({ journal, clock, heartbeatS, beatsPerEntry = 10 }: LifeOptions): Life {
  journal.append({ kind: "start", body: startBody(journal) }, { urgent: true });
  const first = clock.wallMs();
  let run = { fromMs: first, toMs: first, beats: 1 };
  let timer: NodeJS.Timeout;
  const writeAlive = () => {
    if (run.beats === 0) return;
    const body = { from: utc(run.fromMs), to: utc(run.toMs), beats: run.beats };
    journal.append({ kind: "alive", body });
    run = { ...run, beats: 0 };
  };
  const beat = () => {
    const now = clock.wallMs();
    // A host that slept, or a wall clock set anew, is no proof of the time between: a new stretch begins.
    if (run.beats > 0 && (now < run.toMs || now - run.toMs > 3000 * heartbeatS())) writeAlive();
    run = run.beats === 0 ? { fromMs: now, toMs: now, beats: 1 } : { ...run, toMs: now, beats: run.beats + 1 };
    if (run.beats >= beatsPerEntry) writeAlive();
    arm();
  };
  const arm = () => {
    timer = setTimeout(beat, heartbeatS() * 1000);
  };
  arm();
  return {
    writeAlive,
    stop: (reason) => {
      clearTimeout(timer);
      beatNow();
      writeAlive();
      journal.append({ kind: "stop", body: { reason } }, { urgent: true });
    },
    close: () => clearTimeout(timer),
  };

  function beatNow(): void {
    if (run.beats > 0) run = { ...run, toMs: Math.max(run.toMs, clock.wallMs()), beats: run.beats + 1 };
  }
}

/** How the run before ended, from the journal's last entry. */
function startBody(journal: Journal): StartBody {
  const last = journal.last();
  const end = last === null ? "first" : last.kind === "stop" ? "clean" : "unclean";
  return {
    software: SOFTWARE,
    uptimeS: Math.round(uptime() * 10) / 10,
    previous: { end, lastAliveAt: last?.at ?? null },
    power: powerSource(),
  };
}

/** Whether the host runs on mains: from the kernel's power supplies; a host without any battery is on mains. */
export function powerSource(root = "/sys/class/power_supply"): StartBody["power"] {
  try {
    if (!existsSync(root)) return "unknown";
    const supplies = readdirSync(root).map((name) => ({
      type: read(`${root}/${name}/type`),
      online: read(`${root}/${name}/online`),
    }));
    if (supplies.some(({ type, online }) => type !== "Battery" && online === "1")) return "mains";
    if (supplies.some(({ type }) => type === "Battery")) return "battery";
    return supplies.length === 0 ? "mains" : "unknown";
  } catch {
    return "unknown";
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
