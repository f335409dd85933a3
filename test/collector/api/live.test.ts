import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLiveHub } from "../../../collector/api/live-hub.ts";
import { LiveChange } from "../../../collector/api/routes/live.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { IncidentChange, Store } from "../../../collector/store/store.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { until } from "../../end-to-end/processes.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";

const at = { earliest: "2026-03-01T10:00:00.000Z", latest: "2026-03-01T10:01:00.000Z" };
const incident = (id: string, more: Partial<Incident> = {}): Incident => ({
  ...{ id, kind: "block", method: "tls_drop", extent: null, targets: ["orda.kz"], asns: [9198], regions: ["KZ-75"] },
  ...{ access: [], start: at, end: null, detectedAt: at.latest, confidence: "probable" },
  ...{ witnesses: 2, measurements: 4, causes: [], ...more },
});

let collector: TestCollector;
let store: Store;
beforeEach(async () => {
  collector = await startCollector({ live: { lookMs: 20, beatMs: 50, listenersMax: 2 } });
  store = await openStore(collector.folder);
});
afterEach(async () => {
  await store.close();
  await collector.close();
});

type Told = { id: number; event: string; data: unknown };

/** A reader of the stream, as a browser is one. */
async function listen(headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const answer = await fetch(`${collector.url}/api/v1/live`, {
    headers: { "accept-encoding": "gzip", ...headers },
    signal: stop.signal,
  });
  let text = "";
  const ended = (async () => {
    const decoder = new TextDecoder();
    if (answer.body !== null) for await (const chunk of answer.body) text += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  return {
    answer,
    ended,
    text: () => text,
    told: () =>
      text
        .split("\n\n")
        .filter((block) => block.includes("event:"))
        .map((block): Told => {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
          return { id: Number(field("id")), event: field("event"), data: JSON.parse(field("data")) };
        }),
    leave: () => stop.abort(),
  };
}

describe("the stream of changes", () => {
  test("tells what opened, changed, closed and was withdrawn, in order, whoever stored it", async () => {
    await store.incidents.put([incident("before")], 1000);
    const reader = await listen();
    expect(reader.answer.headers.get("content-type")).toContain("text/event-stream");
    expect(reader.answer.headers.get("content-encoding")).toBeNull();
    expect(reader.answer.headers.get("access-control-allow-origin")).toBe("*");
    await until("the stream has begun", () => reader.text().includes(": beat"));
    await store.incidents.put([incident("a")], 2000);
    await store.incidents.put([incident("a", { measurements: 9 })], 2100);
    await store.incidents.put([incident("a", { confidence: "confirmed" })], 3000);
    await store.incidents.put([incident("a", { confidence: "confirmed", end: at })], 4000);
    await store.incidents.withdraw(["a"], 5000);
    await until("all is told", () => reader.told().length === 4);
    expect(reader.told().map(({ event }) => event)).toEqual(["opened", "changed", "closed", "withdrawn"]);
    for (const { data } of reader.told()) expect(() => LiveChange.parse(data)).not.toThrow();
    reader.leave();
  });

  test("goes on where a reader was, and tells nothing twice", async () => {
    await store.incidents.put([incident("a"), incident("b")], 1000);
    const first = await listen({ "last-event-id": "0" });
    await until("both are told", () => first.told().length === 2);
    first.leave();
    await first.ended;
    await store.incidents.put([incident("c")], 2000);
    const second = await listen({ "last-event-id": String(first.told()[1]?.id) });
    await until("the one is told", () => second.told().length === 1);
    await until("a beat more", () => second.text().includes(": beat"));
    expect(second.told()).toMatchObject([{ event: "opened", data: { incident: { id: "c" } } }]);
    second.leave();
  });

  test("has room for so many readers, and for others again when one has left", async () => {
    const [first, second] = [await listen(), await listen()];
    const third = await fetch(`${collector.url}/api/v1/live`);
    expect(third.status).toBe(503);
    expect(third.headers.get("retry-after")).toBe("60");
    expect(await third.json()).toMatchObject({ code: "too_busy" });
    first.leave();
    await until("there is room", async () => {
      const again = await listen();
      again.leave();
      return again.answer.status === 200;
    });
    second.leave();
  });

  test("ends when the collector stops", async () => {
    const reader = await listen();
    await until("the stream has begun", () => reader.text() !== "");
    await collector.close();
    await reader.ended;
    collector = await startCollector();
  });

  test.each(["x", "-1"])("refuses %s as the id of a change", async (after) => {
    expect((await fetch(`${collector.url}/api/v1/live?after=${after}`)).status).toBe(400);
  });
});

describe("the hub of the stream", () => {
  const change = (number: number): IncidentChange => ({
    number,
    at: number,
    what: "opened",
    incident: incident(`i${number}`),
  });
  const parts = (last: () => number) => ({
    incidents: {
      changes: async (after: number, limit: number) =>
        Array.from({ length: Math.min(limit, Math.max(0, last() - after)) }, (_, index) => change(after + 1 + index)),
      lastChangeNumber: async () => last(),
    },
    tell: async (changes: readonly IncidentChange[]) => changes.map(({ number }) => String(number)),
    onFault: (error: unknown) => {
      throw error;
    },
    ...{ lookMs: 5, beatMs: 10_000 },
  });

  test("lets a reader go that takes in too slowly, and no other", async () => {
    let last = 0;
    const hub = createLiveHub(parts(() => last));
    const heard: string[] = [];
    let gone = false;
    hub.listen({ send: () => false, end: () => (gone = true) }, null);
    hub.listen({ send: (text) => heard.push(text) > 0, end: () => undefined }, null);
    await until("both have begun", () => {
      last += 1;
      return gone && heard.length > 0;
    });
    const before = heard.length;
    last += 1;
    await until("the other still hears", () => heard.length > before);
    await hub.close();
  });

  test("asks once how all changes of a look are told, and not at all where there are none", async () => {
    const asked: number[] = [];
    const { tell, ...rest } = parts(() => 200);
    const counting = (changes: readonly IncidentChange[]) => {
      asked.push(changes.length);
      return tell(changes);
    };
    const hub = createLiveHub({ ...rest, tell: counting });
    const heard: string[] = [];
    hub.listen({ send: (text) => heard.push(text) > 0, end: () => undefined }, 1);
    await until("it has heard all", () => heard.length === 199);
    await hub.close();
    expect(asked).toEqual([199]);
  });

  test("tells a reader that was away for too long that it has lost some", async () => {
    const hub = createLiveHub(parts(() => 1000));
    const heard: string[] = [];
    hub.listen({ send: (text) => heard.push(text) > 0, end: () => undefined }, 5);
    await until("it is told", () => heard.length > 0);
    expect(heard).toEqual(['id: 1000\nevent: lost\ndata: {"after":5,"last":1000}\n\n']);
    await hub.close();
  });
});
