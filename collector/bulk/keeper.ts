import type { Logger } from "pino";
import type { Reader } from "../api/reader.ts";
import { bulkFolder, makeDays } from "./make-days.ts";

const FIRST_MS = 60_000;
const EVERY_MS = 3_600_000;

export type KeeperParts = {
  readonly reader: Reader;
  readonly data: string;
  /** Null: none are made. */
  readonly keepDays: number | null;
  readonly log: Logger;
  readonly firstMs?: number | undefined;
};

/** Makes bulk files by the clock: a minute after the start, then every hour. `close` ends what is being made. */
export function keepBulk({ reader, data, keepDays, log, firstMs = FIRST_MS }: KeeperParts): {
  close: () => Promise<void>;
} {
  if (keepDays === null) return { close: async () => undefined };
  const parts = { reader, folder: bulkFolder(data), keepDays };
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let timer = setTimeout(run, firstMs);
  function run(): void {
    running = makeDays({
      ...parts,
      signal: stop.signal,
      onMade: (day, version) => log.info({ day, version }, "the files of a day were made"),
    })
      .then(
        () => undefined,
        (error: unknown) => {
          if (!stop.signal.aborted)
            log.warn({ err: error }, "the files of a day could not be made; it will be tried again");
        },
      )
      .finally(() => {
        if (!stop.signal.aborted) timer = setTimeout(run, EVERY_MS);
      });
  }
  return {
    close: async () => {
      stop.abort();
      clearTimeout(timer);
      await running;
    },
  };
}
