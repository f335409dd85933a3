import { readFileSync } from "node:fs";
import type { Logger } from "pino";
import { z } from "zod";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Outward } from "../outward.ts";
import type { OutsideTable } from "../store/admin-tables.ts";
import { importOutside } from "./import-outside.ts";
import { OUTSIDE_LIMITS } from "./sources.ts";
import { OUTSIDE_SOURCES } from "./types.ts";

/** An address with places for the ends of the time that is asked for. */
const Address = z
  .string()
  .max(2048)
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text.replaceAll(/[{}]/g, "")), "expected an address");

function isPrivateWay(url: string): boolean {
  return /^https:\/\/|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url);
}

const Jobs = z.strictObject({
  jobs: z
    .array(
      z
        .strictObject({
          source: z.enum(OUTSIDE_SOURCES),
          url: Address,
          /** How often, and how much time back each question goes. */
          everyMinutes: z.number().min(10).max(10_080).default(60),
          hours: z.number().min(1).max(744).default(48),
          /** Whether the key of the environment goes with it. */
          key: z.boolean().default(false),
        })
        // A key that goes in the clear is everybody's.
        .refine(({ key = false, url }) => !key || isPrivateWay(url), "key: only with an https address"),
    )
    .max(64),
});
export type OutsideJob = z.infer<typeof Jobs>["jobs"][number];

const DEADLINE_MS = 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Jobs of a file. Error: `config` naming what is wrong in it. */
export function readJobs(file: string): OutsideJob[] {
  try {
    const parsed = parseJson(Jobs, readFileSync(file, "utf8"));
    // parseJson gives the text as it is; defaults are filled in here.
    if (parsed.ok) return Jobs.parse(parsed.value).jobs;
    throw new CodedError("config", `${file}: ${parsed.problems.join("; ")}`);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("config", `Cannot read ${file} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}

export type FetchParts = {
  readonly table: OutsideTable;
  readonly outward: Outward;
  /** Key sent as a bearer token with jobs that ask for it. */
  readonly token: string | null;
  readonly now?: () => EpochMs;
  readonly deadlineMs?: number;
};

/** Fetches and imports the series of one job. Errors: `unreachable`, `bad_input`, the store's. */
export async function fetchOutside({ source, url, hours, key }: OutsideJob, parts: FetchParts): Promise<void> {
  const { table, outward, token, now = Date.now, deadlineMs = DEADLINE_MS } = parts;
  const retrieved = now();
  const asked = addressOf(url, retrieved - hours * HOUR_MS, retrieved);
  const { status, bytes } = await outward.ask({
    url: asked,
    headers: { accept: "application/json", ...(key && token !== null && { authorization: `Bearer ${token}` }) },
    deadlineMs,
    bytesMax: OUTSIDE_LIMITS.bytes,
  });
  if (status !== 200) throw new CodedError("unreachable", `the answer has status ${status}`);
  await importOutside(table, { source, bytes, address: asked, retrieved, licence: null });
}

/** An address with its times filled in: `{from}` and `{until}` as epoch seconds, `{fromDate}` and `{untilDate}` as text. */
function addressOf(url: string, from: EpochMs, until: EpochMs): string {
  const iso = (at: EpochMs) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  return url
    .replaceAll("{from}", String(Math.floor(from / 1000)))
    .replaceAll("{until}", String(Math.floor(until / 1000)))
    .replaceAll("{fromDate}", iso(from))
    .replaceAll("{untilDate}", iso(until));
}

/** Runs jobs by their cadence, each with a spread of its own; a job that fails is told and tried at its next time. */
export function startFetching(
  jobs: readonly OutsideJob[],
  parts: FetchParts & {
    log: Logger;
    timed: <T>(job: string, work: () => Promise<T>) => Promise<T>;
    random?: () => number;
  },
): { close: () => Promise<void> } {
  const { log, timed, random = Math.random } = parts;
  const running = new Set<Promise<void>>();
  const fetchOne = (job: OutsideJob) => {
    const work = timed(`outside ${job.source}`, () => fetchOutside(job, parts)).catch((error: unknown) => {
      const why = error instanceof CodedError ? error.message : "a fault";
      log.warn({ source: job.source, why }, "series of another project could not be fetched");
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  const timers = new Map<OutsideJob, NodeJS.Timeout>();
  const plan = (job: OutsideJob, waitMs: number) => {
    const again = () => {
      fetchOne(job);
      plan(job, job.everyMinutes * MINUTE_MS * (0.9 + 0.2 * random()));
    };
    timers.set(job, setTimeout(again, waitMs));
  };
  for (const job of jobs) plan(job, random() * MINUTE_MS);
  return {
    close: async () => {
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
