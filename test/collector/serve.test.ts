import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Db, openDatabase } from "../../collector/store/database.ts";
import { migrate } from "../../collector/store/migrate.ts";
import { openStore, sqliteStore } from "../../collector/store/open-store.ts";
import type { EntryDraft } from "../../protocol/records/entry.ts";
import { temporaryFolder, until } from "../end-to-end/processes.ts";
import { startCollector } from "./test-collector.ts";
import { greet, openLine, packed, post, webDraft } from "./test-probe.ts";

describe("a collector", () => {
  test("names the port that is in use and how to choose another", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    await expect(startCollector({ flags: { port } })).rejects.toMatchObject({
      code: "try_later",
      message: expect.stringMatching(new RegExp(`Port ${port} .*--port`)),
    });
    other.close();
  });

  test("refuses a folder it cannot write, by name", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, "file"), "");
    const data = join(folder.path, "file", "data");
    await expect(startCollector({ folder: data })).rejects.toMatchObject({
      code: "cannot_write",
      message: expect.stringContaining(data),
    });
    folder.remove();
  });

  test("refuses a folder from which another collector serves", async () => {
    const first = await startCollector();
    await expect(startCollector({ folder: first.folder })).rejects.toMatchObject({ code: "try_later" });
    await first.close();
  });

  test("refuses data files that are wrong, naming file and line", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, "targets.ndjson"), '{"id":"orda.kz"}\n');
    await expect(startCollector({ flags: { targets: folder.path } })).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringContaining("targets.ndjson:1"),
    });
    folder.remove();
  });

  test("after a restart knows what it had, and that it was away", async () => {
    const folder = temporaryFolder();
    const first = await startCollector({ folder: folder.path });
    const probe = await first.probe();
    await post(first.url, packed(probe.batch([probe.write(webDraft()), probe.write()])));
    await until("the presence is stored", async () => (await witnesses(first.url)).present === 1);
    await first.close();
    const second = await startCollector({ folder: folder.path });
    expect(await greet(second.url, probe)).toMatchObject({ answer: { t: "welcome", seq: 2 } });
    const store = await openStore(folder.path);
    const forever = { from: 0, to: Number.MAX_SAFE_INTEGER };
    const [gap] = await store.gaps.within(forever);
    const presences = await store.presence.within(forever);
    await store.close();
    expect(gap?.to).toBeGreaterThan(gap?.from ?? Number.POSITIVE_INFINITY);
    expect(presences[0]).toMatchObject({ probe: probe.id, received: gap?.to });
    expect(presences[0]?.to).toBeLessThanOrEqual(gap?.from ?? 0);
    const timeline = await (await fetch(`${second.url}/api/v1/timeline`)).json();
    expect(timeline).toMatchObject({ gaps: [{ from: expect.any(String) }] });
    await second.close();
    folder.remove();
  });

  test("on a full disk refuses with cannot_store, keeps what it has, and goes on when there is room", async () => {
    let db: Db | null = null;
    const open = async (folder: string) => {
      const file = join(folder, "collector.db");
      db = await openDatabase(file);
      migrate(db);
      return sqliteStore(db, file);
    };
    const roomFor = (pages: number) => db?.pragma(`max_page_count = ${pages}`);
    const collector = await startCollector({ open });
    const probe = await collector.probe();
    await post(collector.url, packed(probe.batch([probe.write()])));
    roomFor(1);
    const rest = [1, 2, 3, 4, 5, 6, 7, 8].map(() => probe.write(bulky(probe)));
    const { line } = await greet(collector.url, probe);
    line.sendBytes(packed(probe.batch(rest)));
    expect(await line.next()).toMatchObject({ t: "refuse", code: "cannot_store", retryAfterS: 60 });
    expect(await line.closed).toBe(4507);
    const posted = await post(collector.url, packed(probe.batch(rest)));
    expect(posted).toMatchObject({ status: 507, body: { code: "cannot_store" } });
    expect(posted.body.detail).not.toContain(collector.folder);
    expect((await fetch(`${collector.url}/healthz`)).status).toBe(200);
    roomFor(1_000_000);
    expect(await greet(collector.url, probe)).toMatchObject({ answer: { t: "welcome", seq: 1 } });
    expect(await post(collector.url, packed(probe.batch(rest)))).toMatchObject({ status: 200, body: { seq: 9 } });
    await collector.close();
  });

  test("stores and logs no address of a client", async () => {
    const collector = await startCollector({ keep: true, flags: { "log-level": "trace" } });
    const probe = await collector.probe();
    const line = await openLine(collector.url, "127.86.75.30");
    await line.next();
    line.send({ t: "nonsense" });
    await line.closed;
    const forwarded = { "x-forwarded-for": "198.51.100.77", forwarded: "for=198.51.100.77" };
    await fetch(`${collector.url}/api/v1/incidents?limit=x`, { headers: forwarded });
    await fetch(`${collector.url}/uplink/v1/batches`, { method: "POST", headers: forwarded, body: "x" });
    await post(collector.url, packed(probe.batch([probe.write()])));
    await collector.close();
    const files = readdirSync(collector.folder).map((name) => readFileSync(join(collector.folder, name), "latin1"));
    for (const text of [collector.logs(), ...files]) {
      expect(text).not.toContain("127.86.75.30");
      expect(text).not.toContain("198.51.100.77");
      expect(text).not.toMatch(/remoteAddress|"ip"|remotePort/);
    }
  });
});

/** A measurement large enough that the database must grow for it. */
function bulky(probe: { id: string }): EntryDraft {
  const draft = webDraft();
  if (draft.kind !== "web") return draft;
  const http = draft.body.http.map((step) => ({ ...step, blockPage: `${probe.id} `.repeat(1500) }));
  return { ...draft, body: { ...draft.body, http } };
}

async function witnesses(url: string): Promise<{ known: number; present: number }> {
  const answer = await (await fetch(`${url}/api/v1/coverage`)).json();
  return (answer as { totals: { witnesses: { known: number; present: number } } }).totals.witnesses;
}
