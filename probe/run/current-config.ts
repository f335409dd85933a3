import type { Logger } from "pino";
import type { ProbeConfig } from "../../protocol/wire.ts";
import { loadTargetList } from "../../targets/load.ts";
import type { ProbeClock } from "../clock.ts";
import { loadConfig, saveConfig } from "../membership/membership.ts";

/** What the collector last said about how to work. */
export type CurrentConfig = {
  get: () => ProbeConfig;
  /** Takes a new one and keeps it for times without a collector. */
  set: (config: ProbeConfig) => void;
  /** Version to name in the greeting; null asks for everything anew, as cadences may change without the list. */
  listVersion: () => string | null;
  /** Calls back after each change; returns how to stop. */
  onChange: (listener: (config: ProbeConfig) => void) => () => void;
};

/** A configuration of this process no older than this need not be sent again. */
const FRESH_MS = 3_600_000;

/** Starts from what is kept in the data folder, else from the bundled list. */
export function createCurrentConfig(folder: string, clock: ProbeClock, log: Logger): CurrentConfig {
  let config = loadConfig(folder, loadTargetList);
  let learnedMono: number | null = null;
  const listeners = new Set<(config: ProbeConfig) => void>();
  return {
    get: () => config,
    set: (told) => {
      learnedMono = clock.monoMs();
      const next = withSecret(told, config);
      const same = JSON.stringify(next) === JSON.stringify(config);
      config = next;
      if (same) return;
      log.info({ list: next.list.version.slice(0, 12), roundS: next.roundS }, "the collector sent a configuration");
      try {
        saveConfig(folder, next);
      } catch (error) {
        log.warn({ err: error }, "the configuration could not be kept");
      }
      for (const listener of listeners) listener(next);
    },
    listVersion: () =>
      learnedMono !== null && clock.monoMs() - learnedMono < FRESH_MS ? config.list.version.slice(0, 64) : null,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Where anyone may ask, the collector does not say this probe's own secret: the one it told before goes on. */
function withSecret(next: ProbeConfig, before: ProbeConfig): ProbeConfig {
  const secret = next.dnsBeat?.secret ?? before.dnsBeat?.secret;
  if (next.dnsBeat === undefined || secret === undefined) return next;
  return { ...next, dnsBeat: { ...next.dnsBeat, secret } };
}
