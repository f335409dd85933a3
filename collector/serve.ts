import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { createAnalysis } from "./analysis/analysis.ts";
import type { EpochMs } from "./analysis/types.ts";
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
import { createControlAddresses, recallAddresses } from "./control-addresses.ts";
import { createIntake } from "./create-intake.ts";
import { freshCheckpoint } from "./evidence/checkpoints.ts";
import { nameLog } from "./evidence/log-identity.ts";
import { startWitnessing } from "./evidence/start-witnessing.ts";
import { type BeatLedger, createBeatLedger } from "./heartbeat/ledger.ts";
import { serveBeats } from "./heartbeat/server.ts";
import { createGateway, type GatewayOptions } from "./ingest/gateway.ts";
import type { Intake } from "./ingest/intake.ts";
import { RATES, type Rates } from "./ingest/limits.ts";
import { startAnalysis } from "./judging/analysis-runner.ts";
import { startKeeping } from "./keeping.ts";
import { preloadLegal } from "./legal/preload.ts";
import { openRegistry } from "./legal/registry/open-registry.ts";
import { listening } from "./listening.ts";
import { makeReader } from "./make-reader.ts";
import { openPrivatePort, type PrivatePort } from "./private-port.ts";
import { loadRelease } from "./release.ts";
import { startRequestedRounds } from "./requested-rounds/start.ts";
import { resumeAfterGap } from "./resume.ts";
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

async function serveStore(options: ServeOptions, opened: Opened): Promise<Serving> {
  const { config, pages, log } = options;
  const { catalogue, store, port: privatePort, unlock } = opened;
  const startedAt = Date.now();
  const release = config.releases === null ? null : loadRelease(config.releases);
  await prepareStore(opened, startedAt, options);
  const judging = await startJudging(opened, startedAt, options);
  const { intake, beats } = await openIntake(opened, judging, { startedAt, releaseKey: release?.signed.key, options });
  const { runner, requests } = judging;
  const { present } = intake.presence;
  const { metrics } = privatePort;
  const threshold = await openThreshold(store.state);
  const bundles = openShelf(config, log, options.makeBundleFile);
  const reader = await makeReader({
    ...{ store, catalogue, present, publicUrl: config.publicUrl, bundles, threshold },
    rulesVersion: () => runner.rulesVersion,
  });
  const { http, live, routed } = options;
  const app = await createServer({
    ...{ reader, intake, pages, release, ...(http && { http }), ...(live && { live }), ...(routed && { routed }) },
    ...{ log: log.child({ part: "http" }), questionsAMinute: config.questionsAMinute },
    ...{ bulk: bulkFolder(config.data), answered: metrics.request },
  });
  const gateway = createGateway(app.server, intake, options.gateway);
  requests.attach({ present, send: gateway.task });
  const turnsWaiting = intake.turns.waiting;
  const services = await startServices({ config, reader, pages, metrics, threshold, turnsWaiting, log });
  const given = { close: () => Promise.all([requests.close(), app.close(), services.close()]) };
  const place = { host: config.host, port: config.port, hostFlag: "--host", portFlag: "--port" };
  await listening(() => app.listen({ host: config.host, port: config.port }), place).catch(closing(given));
  const dns = beats === null ? null : await openBeats(config, beats, intake, log).catch(closing(given));
  const { heartbeatS, checkpointS } = config;
  const keeping = startKeeping({ intake, gateway, runner, heartbeatS, checkpointS, timed: metrics.timed });
  const registry = await openRegistry(config, { store, catalogue, log });
  privatePort.watch({ store, present, turnsWaiting, enoughProbes: threshold.enough });
  const { data, bulkDays: keepDays } = config;
  const bulk = keepBulk({ reader, data, keepDays, log: log.child({ part: "bulk" }), firstMs: options.bulkFirstMs });
  const witnessing = await startWitnessing({ store, config, log: log.child({ part: "witnesses" }) }).catch(
    closing(given),
  );
  const { port } = app.server.address() as AddressInfo; // A TCP server that listens has such an address.
  const inOrder = [gateway, app, services, bulk, registry, bundles, witnessing, keeping, privatePort, store];
  return {
    url: `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`,
    ...{ port, dnsPort: dns?.port ?? null, metricsPort: privatePort.port, adminPort: services.adminPort },
    close: async () => {
      metrics.ready.is = false;
      requests.close();
      await dns?.close();
      for (const part of inOrder) await part.close();
      unlock();
    },
  };
}

/** Brings the store to the state of this program: the gap since it last ran, preloaded events, the name of the log. */
async function prepareStore({ store, catalogue }: Opened, at: EpochMs, { config, log }: ServeOptions): Promise<void> {
  await resumeAfterGap(store, at);
  await store.events.preload(catalogue.events, at);
  await preloadLegal(store, catalogue, { at, log });
  await nameLog(store, config.origin);
  await freshCheckpoint(store, at);
}

type Judging = Awaited<ReturnType<typeof startJudging>>;

/** The analysis, rebuilt from what is stored, and the rounds that it asks for. */
async function startJudging({ store, catalogue }: Opened, startedAt: EpochMs, { config, log }: ServeOptions) {
  const requests = await startRequestedRounds(store, startedAt);
  const runner = await startAnalysis({
    store,
    onVerdicts: requests.judged,
    makeAnalysis: () => createAnalysis(catalogue.knowledge),
    settleMs: config.versionS * 1000,
    log: log.child({ part: "analysis" }),
  });
  return { requests, runner };
}

type IntakeOptions = { startedAt: EpochMs; releaseKey: string | undefined; options: ServeOptions };

async function openIntake(
  { store, catalogue, port: { metrics } }: Opened,
  { requests, runner }: Judging,
  { startedAt, releaseKey, options: { config, log, rates = RATES } }: IntakeOptions,
): Promise<{ intake: Intake; beats: BeatLedger | null }> {
  const memory = createControlAddresses();
  await recallAddresses(store, memory, startedAt);
  const beats = config.dnsZone === null ? null : await createBeatLedger(store, config.dnsZone);
  const parts = { config, catalogue, store, runner, requests, memory, rates, log, startedAt, releaseKey, beats };
  return { intake: await createIntake({ ...parts, meter: metrics.meter }), beats };
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
