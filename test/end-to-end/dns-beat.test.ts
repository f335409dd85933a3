import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openStore } from "../../collector/store/open-store.ts";
import { startCollector, type TestCollector } from "../collector/test-collector.ts";
import { hasNamespaces, runs } from "../requires.ts";
import { freePort, KUAGER, runKuager, temporaryFolder, until } from "./processes.ts";

const ZONE = "b.example.org";
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Runs a program until the test ends. */
function run(command: string, args: readonly string[]): { child: ChildProcess; err: () => string } {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
  const closed = once(child, "close");
  let err = "";
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  ends.push(() => {
    child.kill("SIGKILL");
    return closed;
  });
  return { child, err: () => err };
}

/** An unbound that asks the collector about its zone; returns its port. */
async function startUnbound(folder: string, dnsPort: number | null): Promise<number> {
  const port = await freePort();
  const lines = [
    "server:",
    ...["interface: 127.0.0.1", `port: ${port}`, `directory: "${folder}"`, 'username: ""', 'chroot: ""'],
    ...['pidfile: ""', "use-syslog: no", "do-daemonize: no", 'module-config: "iterator"', 'root-hints: ""'],
    ...["do-not-query-localhost: no", "use-caps-for-id: yes", "qname-minimisation: yes", "num-threads: 1"],
    "forward-zone:",
    ...[`name: "${ZONE}"`, `forward-addr: 127.0.0.1@${dnsPort}`],
  ];
  const config = join(folder, "unbound.conf");
  writeFileSync(config, `${lines.join("\n")}\n`);
  run("unbound", ["-d", "-c", config]);
  return port;
}

const counted = ({ logs }: TestCollector) => logs().split('"a heartbeat came"').length - 1;

async function presences({ folder }: TestCollector) {
  const store = await openStore(folder);
  try {
    return await store.dnsPresence.within({ from: 0, to: Date.now() + 60_000 });
  } finally {
    await store.close();
  }
}

describe.runIf(runs(hasNamespaces()))("with unbound as the host's resolver", () => {
  it("a probe that can open no connection to the collector is heard by its beats over DNS", async () => {
    const temporary = temporaryFolder();
    ends.push(temporary.remove);
    const flags = { "dns-zone": ZONE, "dns-port": "0", "heartbeat-seconds": "2", "round-seconds": "3600" };
    const collector = await startCollector({ flags });
    ends.push(collector.close);
    const data = join(temporary.path, "probe");
    const joined = await runKuager([
      "probe",
      "join",
      `${await collector.invite()}@${collector.url}`,
      "--yes",
      "--data",
      data,
    ]);
    expect(joined).toMatchObject({ code: 0 });
    // From now on the collector's address refuses connections.
    const membership = join(data, "membership.json");
    const closed = `http://127.0.0.1:${await freePort()}`;
    writeFileSync(membership, readFileSync(membership, "utf8").replace(collector.url, closed));
    const unbound = join(temporary.path, "unbound");
    mkdirSync(unbound);
    const resolv = join(temporary.path, "resolv.conf");
    writeFileSync(resolv, `nameserver 127.0.0.1:${await startUnbound(unbound, collector.dnsPort)}\n`);
    // A mount namespace of its own gives the process this resolv.conf.
    const script = 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"';
    const words = ["probe", "run", "--dns-heartbeat", "--data", data, "--quiet", "00:00-23:59"];
    const probe = run("unshare", ["-m", "sh", "-c", script, "sh", resolv, process.execPath, KUAGER, ...words]);
    await until(
      () => `four beats count\n${probe.err()}`,
      () => counted(collector) >= 4,
      50_000,
    );
    const rows = await presences(collector);
    expect(rows).toMatchObject([{ received: null }]);
    expect(probe.err()).toContain('"answered":true');
    expect(collector.logs()).toContain("a probe is heard by DNS only");
  });
});
