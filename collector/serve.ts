import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { sealKeyOf } from "../protocol/seal.ts";
import { createAnalysis } from "./analysis/analysis.ts";
import type { LiveOptions } from "./api/routes/live.ts";
import { createServer, type HttpTimes } from "./api/server.ts";
import { openThreshold } from "./api/threshold.ts";
import type { Pages } from "./api/types.ts";
import { keepBulk } from "./bulk/keeper.ts";
import { bulkFolder } from "./bulk/make-days.ts";
import { openShelf } from "./bundles/open-shelf.ts";
import type { MakeBundleFile } from "./bundles/shelf.ts";
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
import type { Meter } from "./ingest/meter.ts";
import { createPresence } from "./ingest/presence.ts";
import { createTurns, type Turns } from "./ingest/turns.ts";
import { type AnalysisRunner, startAnalysis } from "./judging/analysis-runner.ts";
import { startKeeping } from "./keeping.ts";
import { preloadLegal } from "./legal/preload.ts";
import { openRegistry } from "./legal/registry/open-registry.ts";
import { listening } from "./listening.ts";
import { makeReader } from "./make-reader.ts";
import { openPrivatePort, type PrivatePort } from "./private-port.ts";
import { createProbeConfig } from "./probe-config.ts";
import { loadRelease } from "./release.ts";
import { type RequestedRoundsService, startRequestedRounds } from "./requested-rounds/start.ts";
import { resumeAfterGap } from "./resume.ts";
import { sealKey } from "./seal-key.ts";
import { startServices } from "./services.ts";
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
  readonly live?: LiveOptions;
  /** When daily files are first made. */
  readonly bulkFirstMs?: number;
  /** Makes bundles for readers; left out: a process of its own does. */
  readonly makeBundleFile?: MakeBundleFile;
  /** Told of each route of the public port. */
  readonly routed?: (method: string, route: string) => void;
  /** Opens the store; another engine, or a test, brings its own. */
  readonly open?: (folder: string) => Promise<Store>;
};

/** A collector that listens. */
export type Serving = {
  readonly url: string;
  readonly port: number;
  /** UDP port on which DNS heartbeats are taken; null when there is no zone. */
  readonly dnsPort: number | null;
  /** Port of metrics and readiness; null when it is closed. */
  readonly metricsPort: number | null;
  readonly adminPort: number | null;
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
  const closeAll = async (error: unknown, ...parts: readonly { close: () => unknown }[]): Promise<never> => {
    for (const part of parts) await part.close();
    throw error;
  };
  try {
    const port = await openPrivatePort(config);
    const store = await (options.open ?? openStore)(config.data).catch((error) => closeAll(error, port));
    return await serveStore(options, { catalogue, store, port, unlock: lock.close }).catch((error) =>
      closeAll(error, store, port),
    );
  } catch (error) {
    lock.close();
    log.debug({ err: error }, "the collector could not start");
    throw error;
  }
}

type Opened = { catalogue: Catalogue; store: Store; port: PrivatePort; unlock: () => void };

async function serveStore(
  { config, pages, log, gateway: gatewayOptions, rates = RATES, bulkFirstMs, makeBundleFile, ...told }: ServeOptions,
  { catalogue, store, port: privatePort, unlock }: Opened,
): Promise<Serving> {
  const startedAt = Date.now();
  const release = config.releases === null ? null : loadRelease(config.releases);
  await resumeAfterGap(store, startedAt);
  const threshold = await openThreshold(store.state);
  await store.events.put(catalogue.events, startedAt);
  await preloadLegal(store, catalogue, { at: startedAt, log });
  await nameLog(store, config.origin);
  await freshCheckpoint(store, startedAt);
  const requests = await startRequestedRounds(store, startedAt);
  const runner = await startAnalysis({
    store,
    onVerdicts: requests.judged,
    makeAnalysis: () => createAnalysis(catalogue.knowledge),
    settleMs: config.versionS * 1000,
    log: log.child({ part: "analysis" }),
  });
  const memory = createControlAddresses();
  await recallAddresses(store, memory, startedAt);
  const releaseKey = release?.signed.key;
  const beats = config.dnsZone === null ? null : await createBeatLedger(store, config.dnsZone);
  const intakeParts = { config, catalogue, store, runner, requests, memory, rates, log, startedAt, releaseKey, beats };
  const intake = await createIntake({ ...intakeParts, meter: privatePort.metrics.meter });
  const bundles = openShelf(config, log, makeBundleFile);
  const reader = await makeReader({
    ...{ store, catalogue, present: intake.presence.present, publicUrl: config.publicUrl, bundles, threshold },
    rulesVersion: () => runner.rulesVersion,
  });
  const app = await createServer({
    ...{ reader, intake, pages, release },
    log: log.child({ part: "http" }),
    questionsAMinute: config.questionsAMinute,
    bulk: bulkFolder(config.data),
    answered: privatePort.metrics.request,
    ...told,
  });
  const gateway = createGateway(app.server, intake, gatewayOptions);
  requests.attach({ present: intake.presence.present, send: gateway.task });
  const { metrics } = privatePort;
  const services = await startServices({
    config,
    reader,
    pages,
    metrics,
    threshold,
    turnsWaiting: intake.turns.waiting,
    log,
  });
  const given = { close: () => Promise.all([requests.close(), app.close(), services.close()]) };
  const { host, port: wanted } = config;
  const place = { host, port: wanted, hostFlag: "--host", portFlag: "--port" };
  await listening(() => app.listen({ host, port: wanted }), place).catch(closing(given));
  const dns = beats === null ? null : await openBeats(config, beats, intake, log).catch(closing(given));
  const keeping = startKeeping({
    intake,
    gateway,
    runner,
    heartbeatS: config.heartbeatS,
    checkpointS: config.checkpointS,
    timed: privatePort.metrics.timed,
  });
  const registry = await openRegistry(config, { store, catalogue, log });
  privatePort.watch({
    store,
    present: intake.presence.present,
    turnsWaiting: intake.turns.waiting,
    enoughProbes: threshold.enough,
  });
  const { data, bulkDays: keepDays } = config;
  const bulk = keepBulk({ reader, data, keepDays, log: log.child({ part: "bulk" }), firstMs: bulkFirstMs });
  const witnessing = await startWitnessing({ store, config, log: log.child({ part: "witnesses" }) }).catch(
    closing(given),
  );
  const { port } = app.server.address() as AddressInfo; // A TCP server that listens has such an address.
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    url,
    port,
    dnsPort: dns?.port ?? null,
    metricsPort: privatePort.port,
    adminPort: services.adminPort,
    close: async () => {
      privatePort.metrics.ready.is = false;
      requests.close();
      await dns?.close();
      await gateway.close();
      await app.close();
      await services.close();
      await bulk.close();
      await registry.close();
      await bundles.close();
      await witnessing.close();
      await keeping.close();
      await privatePort.close();
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
  meter: Meter;
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
