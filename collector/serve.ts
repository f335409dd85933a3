import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { CodedError, errorCode } from "../protocol/coded-error.ts";
import { sealKeyOf } from "../protocol/seal.ts";
import { createAnalysis } from "./analysis/analysis.ts";
import { type AnalysisRunner, startAnalysis } from "./analysis-runner.ts";
import { createPseudonym } from "./api/pseudonym.ts";
import type { Reader } from "./api/reader.ts";
import { createServer, type HttpTimes } from "./api/server.ts";
import type { Pages } from "./api/types.ts";
import { type Catalogue, loadCatalogue } from "./catalogue.ts";
import type { Config } from "./config.ts";
import { type ControlAddresses, createControlAddresses, recallAddresses } from "./control-addresses.ts";
import { freshCheckpoint } from "./evidence/checkpoints.ts";
import { nameLog } from "./evidence/log-identity.ts";
import { startWitnessing } from "./evidence/start-witnessing.ts";
import { type BeatLedger, createBeatLedger } from "./heartbeat/ledger.ts";
import { serveBeats } from "./heartbeat/server.ts";
import { createGateway, type GatewayOptions } from "./ingest/gateway.ts";
import type { Intake } from "./ingest/intake.ts";
import { inviteSalt } from "./ingest/invite-salt.ts";
import { createRateLimits, RATES, type Rates } from "./ingest/limits.ts";
import { createPresence } from "./ingest/presence.ts";
import { createTurns, type Turns } from "./ingest/turns.ts";
import { startKeeping } from "./keeping.ts";
import { createProbeConfig } from "./probe-config.ts";
import { loadRelease } from "./release.ts";
import { type RequestedRoundsService, startRequestedRounds } from "./requested-rounds/start.ts";
import { resumeAfterGap } from "./resume.ts";
import { sealKey } from "./seal-key.ts";
import { lockFolder } from "./store/database.ts";
import { openStore } from "./store/open-store.ts";
import type { Store } from "./store/store.ts";

export type ServeOptions = {
  readonly config: Config;
  readonly pages: Pages;
  readonly log: Logger;
  readonly gateway?: GatewayOptions;
  readonly rates?: Rates;
  readonly http?: HttpTimes;
  /** Opens the store; another engine, or a test, brings its own. */
  readonly open?: (folder: string) => Promise<Store>;
};

/** A collector that listens. */
export type Serving = {
  readonly url: string;
  readonly port: number;
  /** UDP port on which DNS heartbeats are taken; null when there is no zone. */
  readonly dnsPort: number | null;
  /** Says goodbye to probes, finishes what was begun, closes everything. */
  close: () => Promise<void>;
};

/**
 * Runs a collector: opens the store, rebuilds the analysis, listens. Errors: `unavailable`, `cannot_write`, `io`,
 * `config`, `bad_input` (data files), `try_later` (port in use, or another collector on the same folder).
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { config, log } = options;
  const catalogue = loadCatalogue(config.targets ?? undefined);
  const lock = await lockFolder(config.data);
  try {
    const store = await (options.open ?? openStore)(config.data);
    try {
      return await serveStore(options, catalogue, store, lock.close);
    } catch (error) {
      await store.close();
      throw error;
    }
  } catch (error) {
    lock.close();
    log.debug({ err: error }, "the collector could not start");
    throw error;
  }
}

async function serveStore(
  { config, pages, log, gateway: gatewayOptions, rates = RATES, http }: ServeOptions,
  catalogue: Catalogue,
  store: Store,
  unlock: () => void,
): Promise<Serving> {
  const startedAt = Date.now();
  const release = config.releases === null ? null : loadRelease(config.releases);
  await resumeAfterGap(store, startedAt);
  await store.events.put(catalogue.events, startedAt);
  await nameLog(store, config.origin);
  await freshCheckpoint(store, startedAt);
  const requests = await startRequestedRounds(store, startedAt);
  const runner = await startAnalysis({
    store,
    onVerdicts: requests.judged,
    makeAnalysis: () => createAnalysis(catalogue.knowledge),
    log: log.child({ part: "analysis" }),
  });
  const memory = createControlAddresses();
  await recallAddresses(store, memory, startedAt);
  const releaseKey = release?.signed.key;
  const beats = config.dnsZone === null ? null : await createBeatLedger(store, config.dnsZone);
  const intakeParts = { config, catalogue, store, runner, requests, memory, rates, log, startedAt, releaseKey, beats };
  const intake = await createIntake(intakeParts);
  const reader = await createReader(store, catalogue, runner, intake);
  const app = await createServer({
    reader,
    intake,
    pages,
    release,
    log: log.child({ part: "http" }),
    ...(http && { http }),
  });
  const gateway = createGateway(app.server, intake, gatewayOptions);
  requests.attach({ present: intake.presence.present, send: gateway.task });
  const given = { close: () => Promise.all([requests.close(), app.close()]) };
  await listen(() => app.listen({ host: config.host, port: config.port }), config).catch(closing(given));
  const dns = beats === null ? null : await openBeats(config, beats, intake, log).catch(closing(given));
  const keeping = startKeeping({
    intake,
    gateway,
    runner,
    heartbeatS: config.heartbeatS,
    checkpointS: config.checkpointS,
  });
  const witnessing = await startWitnessing({ store, config, log: log.child({ part: "witnesses" }) }).catch(
    closing(given),
  );
  const { port } = app.server.address() as AddressInfo; // A TCP server that listens has such an address.
  const url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  return {
    url,
    port,
    dnsPort: dns?.port ?? null,
    close: async () => {
      requests.close();
      await dns?.close();
      await gateway.close();
      await app.close();
      await witnessing.close();
      await keeping.close();
      await store.close();
      unlock();
    },
  };
}

function openBeats({ host, dnsPort: port }: Config, ledger: BeatLedger, intake: Intake, log: Logger) {
  return serveBeats({ host, port, ledger, intake, log: log.child({ part: "dns" }) });
}

/** Closes what already listens before an error goes on. */
function closing(app: { close: () => Promise<unknown> }): (error: unknown) => Promise<never> {
  return async (error) => {
    await app.close();
    throw error;
  };
}

type IntakeParts = {
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
};

async function createIntake(parts: IntakeParts): Promise<Intake> {
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
  return {
    store,
    turns,
    feed,
    log,
    presence: createPresence({ table: store.presence, turns, feed, heartbeatS: config.heartbeatS, log }),
    limits: createRateLimits(rates),
    config: (probe) => (beats === null ? forAll() : { ...forAll(), dnsBeat: beats.configFor(probe) }),
    salt: await inviteSalt(store),
  };
}

async function createReader(
  store: Store,
  catalogue: Catalogue,
  runner: AnalysisRunner,
  intake: Intake,
): Promise<Reader> {
  const secret = await store.state.once("pseudonym-secret", () => randomBytes(32).toString("hex"));
  return {
    store,
    catalogue,
    present: intake.presence.present,
    pseudonym: createPseudonym(secret),
    get rulesVersion() {
      return runner.rulesVersion;
    },
    now: Date.now,
  };
}

async function listen(start: () => Promise<unknown>, { host, port }: Config): Promise<void> {
  try {
    await start();
  } catch (error) {
    const code = errorCode(error);
    const cause = { cause: error };
    if (code === "EADDRINUSE")
      throw new CodedError(
        "try_later",
        `Port ${port} is in use. Stop what uses it, or choose another with --port.`,
        cause,
      );
    if (code === "EACCES")
      throw new CodedError(
        "try_later",
        `This user may not use port ${port}. Choose one above 1023 with --port.`,
        cause,
      );
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new CodedError("config", `This machine has no address ${host}. Choose one of its own with --host.`, cause);
    throw error;
  }
}
