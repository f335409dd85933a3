import { once } from "node:events";
import { createServer } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metricCells } from "../../collector/metrics/cells.ts";
import { openStore } from "../../collector/store/open-store.ts";
import type { StoredProbe } from "../../collector/store/store.ts";
import { freePort, temporaryFolder, until } from "../end-to-end/processes.ts";
import { startCollector } from "./test-collector.ts";
import { createTestProbe, greet, packed, post } from "./test-probe.ts";

const METRICS = { "metrics-port": "0" };

async function scrape(port: number | null): Promise<Map<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

describe("the private port", () => {
  test("is closed unless it was asked for", async () => {
    const collector = await startCollector();
    expect(collector.metricsPort).toBeNull();
    expect((await fetch(`${collector.url}/metrics`)).status).toBe(404);
    await collector.close();
  });

  test("tells of probes, deliveries, refused signatures, queues, store, disk and jobs", async () => {
    const collector = await startCollector({
      flags: { ...METRICS, "checkpoint-seconds": "1", "heartbeat-seconds": "60" },
    });
    const crowd = await Promise.all([1, 2, 3].map(() => collector.probe()));
    const alone = await collector.probe({ region: "KZ-71" });
    for (const probe of [...crowd, alone]) {
      await greet(collector.url, probe);
      await post(collector.url, packed(probe.batch([probe.write()])));
    }
    const stranger = createTestProbe();
    const [probe] = crowd;
    if (probe === undefined) throw new Error("no probe");
    const forged = { ...probe.batch([probe.write()]), signature: stranger.batch([stranger.write()]).signature };
    expect(await post(collector.url, packed(forged))).toMatchObject({ status: 401 });
    await until("a checkpoint was made", async () => {
      const found = await scrape(collector.metricsPort);
      return (found.get('kuager_job_runs_total{task="checkpoint",result="ok"}') ?? 0) > 0;
    });
    const found = await scrape(collector.metricsPort);
    const of = (name: string) => found.get(name);
    expect(of('kuager_probes_known{role="witness"}')).toBe(4);
    expect(of('kuager_probes_present{role="witness"}')).toBe(4);
    expect(of('kuager_cell_probes_known{region="KZ-75",access="fixed"}')).toBe(3);
    expect([...found.keys()].join("\n")).not.toMatch(/KZ-71|other/);
    expect(of("kuager_entries_total")).toBe(4);
    expect(of('kuager_deliveries_total{result="accepted"}')).toBe(4);
    expect(of('kuager_deliveries_total{result="bad_signature"}')).toBe(1);
    expect(of("kuager_upload_lag_seconds_count")).toBe(4);
    expect(of("kuager_log_entries")).toBe(4);
    expect(of("kuager_turns_waiting")).toBeGreaterThanOrEqual(0);
    expect(of('kuager_store_bytes{file="database"}')).toBeGreaterThan(0);
    expect(of("kuager_disk_free_bytes")).toBeGreaterThan(0);
    expect(of("kuager_nodejs_eventloop_lag_p99_seconds") ?? of("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThan(0);
    expect(of('kuager_alerts{state="waiting"}')).toBe(0);
    expect(of('kuager_http_requests_total{route="/uplink/v1/batches",status="401"}')).toBe(1);
    for (const { id } of [...crowd, alone]) expect([...found.keys()].join("\n")).not.toContain(id);
    await collector.close();
  });

  test("says that the collector is ready once the store is open and the analysis rebuilt, and not when it stops", async () => {
    const port = await freePort();
    const asked = async (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`).then(
        ({ status }) => status,
        () => 0,
      );
    let letOpen: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letOpen = resolve;
    });
    const folder = temporaryFolder();
    let letClose: () => void = () => undefined;
    const closing = new Promise<void>((resolve) => {
      letClose = resolve;
    });
    const starting = startCollector({
      folder: folder.path,
      flags: { "metrics-port": String(port) },
      open: async (path) => {
        await gate;
        const store = await openStore(path);
        const { beats } = store.presence;
        const slowly: typeof beats = async (...rest) => {
          await stopping();
          return beats(...rest);
        };
        return { ...store, presence: { ...store.presence, beats: slowly } };
      },
    });
    let stops = false;
    const stopping = async () => {
      if (stops) await closing;
    };
    await until("the port listens", async () => (await asked("/healthz")) === 200);
    expect(await asked("/readyz")).toBe(503);
    letOpen();
    const collector = await starting;
    expect(await asked("/readyz")).toBe(200);
    stops = true;
    const closed = collector.close();
    await until("it is not ready while it stops", async () => (await asked("/readyz")) === 503);
    expect(await asked("/healthz")).toBe(200);
    letClose();
    await closed;
    expect(await asked("/healthz")).toBe(0);
    folder.remove();
  });

  test("that is in use is named with its flag, and nothing stays open or locked", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const folder = temporaryFolder();
    await expect(startCollector({ folder: folder.path, flags: { "metrics-port": port } })).rejects.toMatchObject({
      code: "try_later",
      message: expect.stringContaining("--metrics-port"),
    });
    other.close();
    const collector = await startCollector({ folder: folder.path });
    await collector.close();
    folder.remove();
  });
});

describe("cells of witnesses for metrics", () => {
  const probe = fc.record({
    region: fc.constantFrom("KZ-71", "KZ-75", "KZ-79", null),
    access: fc.constantFrom("fixed" as const, "mobile" as const, null),
    left: fc.constantFrom(null, 5),
    role: fc.constantFrom("witness" as const, "control" as const),
  });

  test("never count fewer than three, nor let a small one be told by what is left", () => {
    fc.assert(
      fc.property(fc.array(probe, { maxLength: 30 }), (drafts) => {
        const probes = drafts.map((draft, index): StoredProbe => ({ ...BLANK, ...draft, id: String(index) }));
        const cells = metricCells(probes, new Set(["1", "2", "3"]), 3);
        expect(cells.every(({ known }) => known >= 3)).toBe(true);
        const witnesses = probes.filter(({ role, left }) => role === "witness" && left === null);
        const sizes = new Map<string, number>();
        for (const { region, access } of witnesses)
          sizes.set(`${region} ${access}`, (sizes.get(`${region} ${access}`) ?? 0) + 1);
        const small = [...sizes.values()].filter((size) => size < 3);
        const other = cells.find(({ region }) => region === "other");
        if (other !== undefined) expect(small.length).toBeGreaterThan(1);
        const told = cells.reduce((sum, { known }) => sum + known, 0);
        expect(told).toBeLessThanOrEqual(witnesses.length);
      }),
    );
  });
});

const BLANK: StoredProbe = {
  ...{ id: "", publicKey: null, role: "witness", region: null, asn: null, access: null, own: false, consent: null },
  ...{ joined: 0, left: null, revoked: false, software: null, head: { seq: 0, hash: "" } },
};
