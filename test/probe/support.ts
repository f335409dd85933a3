import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { createClock } from "../../probe/clock.ts";
import { makeIdentity } from "../../probe/identity/identity.ts";
import { Journal } from "../../probe/journal/journal.ts";
import type { JournalOptions } from "../../probe/journal/options.ts";
import type { Io } from "../../protocol/command-line.ts";
import type { LinkBody } from "../../protocol/records/link.ts";
import type { WebBody } from "../../protocol/records/web.ts";

export const SILENT = pino({ level: "silent" });

/** A logger that keeps its lines. */
export function listeningLog() {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

/** Temporary folders of one test file, removed by `clean`. */
export function folders() {
  const made: string[] = [];
  return {
    make: () => {
      const path = mkdtempSync(join(tmpdir(), "kuager-probe-"));
      made.push(path);
      return path;
    },
    clean: () => {
      for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Waits until a condition holds; fails after `timeoutMs`. */
export async function until(what: string, condition: () => boolean, timeoutMs = 20_000): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > endsAt) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
    await sleep(10);
  }
}

/** A journal of a fresh identity in a folder. */
export function openJournal(folder: string, options: Partial<JournalOptions> = {}) {
  const identity = makeIdentity(folder);
  const clock = createClock();
  const journal = new Journal({ folder, probe: identity.probe, clock, log: SILENT, ...options });
  return { identity, clock, journal };
}

/**
 * A terminal that keeps what is printed; `answer` is what the person types, null when there is nobody;
 * of a list one to each question, then nothing but Enter.
 */
export function fakeIo(
  options: { answer?: string | null | readonly string[]; env?: Io["env"]; signal?: AbortSignal } = {},
) {
  let out = "";
  let err = "";
  const questions: string[] = [];
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    ask: async (question) => {
      questions.push(question);
      const { answer } = options;
      if (answer === undefined || answer === null || typeof answer === "string") return answer ?? null;
      return answer[questions.length - 1] ?? "";
    },
    env: options.env ?? {},
    signal: options.signal ?? new AbortController().signal,
  };
  return { io, out: () => out, err: () => err, questions };
}

/** A measurement as a round writes it. `padding` makes it as long as wanted. */
export function webBody(target = "example.org", padding = 0): WebBody {
  return {
    target,
    url: `https://${target}/`,
    round: "6f1c2d3e-4b5a-4c6d-8e7f-0123456789ab",
    durationMs: 12,
    dns: [],
    tcp: [],
    tls: [],
    http: Array.from({ length: Math.ceil(padding / 1000) }, (_, index) => ({
      id: index + 1,
      tcp: 1,
      tls: null,
      url: `https://${target}/`,
      startMs: 0,
      durationMs: 1,
      failure: null,
      ttfbMs: 1,
      status: 200,
      // Nothing that could be packed to less than half.
      headers: { server: randomBytes(450).toString("hex") },
      location: null,
      bodyBytes: 10,
      bodySha256: null,
      truncated: false,
      title: null,
    })),
  };
}

/** A link entry's body. */
export function linkBody(state: LinkBody["state"] = "international"): LinkBody {
  return {
    state,
    since: "2022-01-05T10:00:00.000Z",
    medium: "ethernet",
    vpn: false,
    portal: false,
    checks: { gateway: null, resolver: null, domestic: [], whitelist: [], foreign: [] },
    ports: {},
    collector: [],
  };
}
