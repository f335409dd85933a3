import { readFileSync } from "node:fs";
import type { Logger } from "pino";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { readPolicy, type WitnessPolicy } from "../../protocol/witness-policy.ts";
import type { Config } from "../config.ts";
import { createOutward } from "../outward.ts";
import type { Store } from "../store/store.ts";
import type { Keeper } from "./stamp/ask-stamps.ts";
import { createWitnessing } from "./witnessing.ts";

const LOOK_MS = 30_000;
/** A witness is asked for a new head at most so often. */
const WITNESS_S = 600;
const STAMP_S = 86_400;

type Asked = Pick<Config, "witnesses" | "stampers" | "calendars" | "proxy">;

/**
 * Asks witnesses and keepers of time by the clock, where the configuration names any. Errors: `config` for a policy that
 * cannot be read.
 */
export async function startWitnessing({
  store,
  config,
  log,
}: {
  store: Pick<Store, "log" | "state">;
  config: Asked;
  log: Logger;
}): Promise<{ close: () => Promise<void> }> {
  const policy = policyOf(config);
  const keepers = keepersOf(config);
  if (policy === null && keepers.length === 0) return { close: async () => undefined };
  const outward = await createOutward(config.proxy);
  const parts = { store, policy, keepers, ask: outward.ask, log, now: Date.now, witnessS: WITNESS_S, stampS: STAMP_S };
  const { look } = createWitnessing(parts);
  let busy = false;
  const once = async () => {
    if (busy) return;
    busy = true;
    await look().catch((error: unknown) =>
      log.warn({ err: error }, "witnesses could not be asked; they are asked again"),
    );
    busy = false;
  };
  let running = once();
  const timer = setInterval(() => {
    if (!busy) running = once();
  }, LOOK_MS);
  return {
    close: async () => {
      clearInterval(timer);
      await outward.close();
      await running;
    },
  };
}

/** The policy that a configuration names; null when it names none. Error: `config`. */
export function policyOf({ witnesses }: Pick<Config, "witnesses">): WitnessPolicy | null {
  if (witnesses === null) return null;
  try {
    return readPolicy(readFileSync(witnesses, "utf8"));
  } catch (error) {
    const why = error instanceof CodedError ? error.message : `it cannot be read (${errorCode(error) ?? "unknown"})`;
    throw new CodedError("config", `--log-witnesses ${witnesses}: ${why}`, { cause: error });
  }
}

export function keepersOf({ stampers, calendars }: Pick<Config, "stampers" | "calendars">): Keeper[] {
  return [
    ...stampers.map((url) => ({ kind: "rfc3161" as const, url })),
    ...calendars.map((url) => ({ kind: "ots" as const, url })),
  ];
}
