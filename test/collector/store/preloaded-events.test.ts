import { expect, test } from "vitest";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { WorldEvent } from "../../../protocol/event.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { startCollector } from "../test-collector.ts";
import { withStore } from "./with-store.ts";

const [first, second] = loadCatalogue().events;
if (first === undefined || second === undefined) throw new Error("there are no events in the data files");
const titled = (event: WorldEvent, title: string): WorldEvent => ({ ...event, title });

test("what editors changed or removed of the preloaded events stays so when the collector starts again", async () => {
  const folder = temporaryFolder();
  try {
    await (await startCollector({ folder: folder.path })).close();
    const store = await openStore(folder.path);
    await store.events.put([titled(first, "Corrected by an editor")], Date.now());
    await store.events.remove(second.id);
    await store.close();
    await (await startCollector({ folder: folder.path })).close();
    const after = await openStore(folder.path);
    expect((await after.events.byId(first.id))?.title).toBe("Corrected by an editor");
    expect(await after.events.byId(second.id)).toBeNull();
    await after.close();
  } finally {
    folder.remove();
  }
});

test("a new program's words replace those of the last one, where nobody changed them", async () => {
  await withStore([], async ({ events }) => {
    expect(await events.preload([first, second], 1)).toBe(2);
    await events.put([titled(second, "By an editor")], 2);
    expect(await events.preload([titled(first, "New words"), titled(second, "New words")], 3)).toBe(1);
    expect((await events.byId(first.id))?.title).toBe("New words");
    expect((await events.byId(second.id))?.title).toBe("By an editor");
    expect(await events.preload([titled(first, "New words"), titled(second, "Newer words")], 4)).toBe(0);
  });
});

test("an event that was on record before it was preloaded stays as it was recorded", async () => {
  await withStore([], async ({ events }) => {
    await events.put([titled(first, "Recorded here")], 1);
    await events.preload([first], 2);
    expect((await events.byId(first.id))?.title).toBe("Recorded here");
  });
});
