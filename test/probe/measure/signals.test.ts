import { getEventListeners } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bounded } from "../../../probe/measure/bounded.ts";
import { onAbort } from "../../../probe/measure/on-abort.ts";
import { measureWeb } from "../../../probe/measure/web.ts";
import { within } from "../../../protocol/deadline.ts";
import { startWorld, type World } from "../../world/index.ts";
import { endpoint, QUICK, webSettings } from "./web-settings.ts";

let world: World;
const warnings: string[] = [];
const note = ({ name, message }: Error) => warnings.push(`${name}: ${message}`);
beforeAll(async () => {
  process.on("warning", note);
  world = await startWorld();
});
afterAll(async () => {
  process.off("warning", note);
  await world.close();
});

const listeners = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

test("four measurements at once with many resolvers and addresses print no warning and leave no listener", async () => {
  const site = await world.addSite({ name: "many.test", addresses: 8 });
  const publicResolvers = Array.from({ length: 12 }, () => endpoint(world.publicDns));
  const stop = new AbortController();
  const round = within(60_000, stop.signal);
  const measure = () => measureWeb(webSettings(world, site.url, { publicResolvers }), round);
  const bodies = await Promise.all([measure(), measure(), measure(), measure()]);
  expect(bodies.map(({ http }) => http.length)).toEqual([8, 8, 8, 8]);
  // Warnings are emitted in a later turn.
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
  expect(listeners(round)).toBe(0);
});

test("thirty waits for one signal of anybody's are one listener, and all end with it", async () => {
  const stop = new AbortController();
  const waits = Array.from({ length: 30 }, () => bounded(60_000, stop.signal, () => {}));
  expect(listeners(stop.signal)).toBe(1);
  stop.abort();
  expect(new Set(await Promise.all(waits))).toEqual(new Set(["interrupted"]));
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings).toEqual([]);
});

test("who no longer waits is not told, and the last one takes the listener off", () => {
  const stop = new AbortController();
  const told: string[] = [];
  const deafen = [onAbort(stop.signal, () => told.push("one")), onAbort(stop.signal, () => told.push("two"))];
  deafen[0]?.();
  expect(listeners(stop.signal)).toBe(1);
  deafen[1]?.();
  deafen[1]?.();
  expect(listeners(stop.signal)).toBe(0);
  onAbort(stop.signal, () => told.push("three"));
  stop.abort();
  expect(told).toEqual(["three"]);
});

test("a measurement that is stopped takes its listener off as well", async () => {
  world.isp.zone["quiet.test"] = "silence";
  world.publicDns.zone["quiet.test"] = "silence";
  const stop = new AbortController();
  const options = webSettings(world, "https://quiet.test/", { doh: [], deadlines: { ...QUICK, dnsMs: 60_000 } });
  const measuring = measureWeb(options, stop.signal);
  expect(listeners(stop.signal)).toBe(1);
  stop.abort();
  expect((await measuring).dns).toMatchObject([{ failure: "interrupted" }, {}, {}, {}]);
  expect(listeners(stop.signal)).toBe(0);
});
