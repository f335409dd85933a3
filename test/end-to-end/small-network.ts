import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { freePort, healthy, type Running, runKuager, startKuager, until } from "./processes.ts";

/** One collector, one probe, and a site of clear text on loopback, with rounds every second. */
export type SmallNetwork = {
  readonly url: string;
  readonly collectorData: string;
  readonly probeData: string;
  startCollector: () => Promise<Running>;
  startProbe: () => Running;
  close: () => Promise<void>;
};

/** Prepares the network below `folder`: the collector has run once and the probe has joined; nothing runs yet. */
export async function prepareNetwork(folder: string, collectorData = join(folder, "collector")): Promise<SmallNetwork> {
  const site = createServer((_, response) => response.end("<title>A site</title>")).listen(0, "127.0.0.1");
  await once(site, "listening");
  const targets = writeTargets(join(folder, "targets"), portOf(site), await freePort());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const probeData = join(folder, "probe");
  const cadence = ["--round-seconds", "1", "--heartbeat-seconds", "1", "--link-seconds", "1"];
  const startCollector = async () => {
    const running = startKuager([
      "collector",
      "serve",
      "--data",
      collectorData,
      "--port",
      String(port),
      "--targets",
      targets,
      ...cadence,
    ]);
    await until(
      () => `the collector answers: ${running.stdout()}${running.stderr()}`,
      () => healthy(url),
    );
    return running;
  };
  const first = await startCollector();
  await joinProbe(url, collectorData, probeData);
  first.child.kill("SIGTERM");
  await first.exit;
  return {
    url,
    collectorData,
    probeData,
    startCollector,
    startProbe: () => startKuager(["probe", "run", "--data", probeData, "--allow-private"]),
    close: async () => {
      site.closeAllConnections();
      site.close();
      await once(site, "close");
    },
  };
}

async function joinProbe(url: string, collectorData: string, probeData: string): Promise<void> {
  const invite = await runKuager([
    "collector",
    "invite",
    "--json",
    "--data",
    collectorData,
    "--region",
    "KZ-75",
    "--asn",
    "9198",
    "--access",
    "fixed",
  ]);
  if (invite.code !== 0) throw new Error(invite.stderr);
  const { code } = JSON.parse(invite.stdout) as { code: string };
  const joined = await runKuager(["probe", "join", code, "--collector", url, "--data", probeData, "--yes"]);
  if (joined.code !== 0) throw new Error(joined.stderr);
}

/** Writes a list of three sites on loopback, one of which refuses; returns its folder. */
export function writeTargets(folder: string, port: number, closedPort: number): string {
  mkdirSync(folder, { recursive: true });
  const target = (path: string, at: number) => ({
    id: `127.0.0.1/${path}`,
    url: `http://127.0.0.1:${at}/${path}`,
    category: "mainstream-media",
    names: { kk: path, ru: path, en: path },
    why: "A site on loopback",
    source: "This test",
    hostedIn: null,
    risk: 1,
    kind: "web",
  });
  // What is out of the ordinary is committed at once, so one site that refuses keeps records flowing.
  const lines = [target("works", port), target("works-too", port), target("refuses", closedPort)].map((line) =>
    JSON.stringify(line),
  );
  writeFileSync(join(folder, "targets.ndjson"), `${lines.join("\n")}\n`);
  return folder;
}

/** Port of a server that listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
