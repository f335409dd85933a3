import type { Logger } from "pino";
import { sealKeyOf } from "../protocol/seal.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Config } from "./config.ts";
import type { ControlAddresses } from "./control-addresses.ts";
import type { BeatLedger } from "./heartbeat/ledger.ts";
import type { Intake } from "./ingest/intake.ts";
import { inviteSalt } from "./ingest/invite-salt.ts";
import { createRateLimits, type Rates } from "./ingest/limits.ts";
import type { Meter } from "./ingest/meter.ts";
import { createPresence } from "./ingest/presence.ts";
import { createTurns, type Turns } from "./ingest/turns.ts";
import type { AnalysisRunner } from "./judging/analysis-runner.ts";
import { createProbeConfig } from "./probe-config.ts";
import type { RequestedRoundsService } from "./requested-rounds/start.ts";
import { sealKey } from "./seal-key.ts";
import type { Store } from "./store/store.ts";

/** What the intake is made of. `releaseKey`: of the release that probes may ask for; left out where none is offered. */
export type IntakeParts = {
  config: Config;
  catalogue: Catalogue;
  store: Store;
  runner: AnalysisRunner;
  requests: Pick<RequestedRoundsService, "saw">;
  memory: ControlAddresses;
  rates: Rates;
  log: Logger;
  startedAt: number;
  releaseKey: string | undefined;
  beats: BeatLedger | null;
  meter: Meter;
};

/** Everything that a delivery or a heartbeat meets, wired to the store and to the analysis. */
export async function createIntake(parts: IntakeParts): Promise<Intake> {
  const { config, catalogue, store, runner, requests, memory, rates, startedAt, beats } = parts;
  const log = parts.log.child({ part: "ingest" });
  const turns: Turns = createTurns(Date.now, startedAt);
  const feed: Intake["feed"] = async (items, at) => {
    for (const item of items) {
      if (item.type === "probe") memory.setRole(item.probe.id, item.probe.role);
      if (item.type === "entry") memory.take(item.entry);
    }
    requests.saw(items, at);
    await runner.feed(items, at);
  };
  const forAll = createProbeConfig(config, catalogue.list, memory, {
    sealKey: sealKeyOf(await sealKey(store)),
    takesUploads: true,
    ...(parts.releaseKey !== undefined && { releaseKey: parts.releaseKey }),
  });
  const beating = { turns, feed, heartbeatS: config.heartbeatS, log };
  return {
    store,
    turns,
    feed,
    log,
    presence: createPresence({ table: store.presence, ...beating }),
    dnsPresence: createPresence({ table: store.dnsPresence, route: "dns", ...beating }),
    limits: createRateLimits(rates),
    meter: parts.meter,
    config: (probe) => (beats === null ? forAll() : { ...forAll(), dnsBeat: beats.configFor(probe) }),
    salt: await inviteSalt(store),
  };
}
