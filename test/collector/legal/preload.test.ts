import { afterAll, describe, expect, test } from "vitest";
import { preloadLegal } from "../../../collector/legal/preload.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import type { LegalBasis } from "../../../protocol/publication.ts";
import { loadLegal } from "../../../targets/load.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { listeningLog } from "../../probe/support.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const AT = Date.parse("2026-12-01T00:00:00.000Z");
const told = named();

function named(): LegalBasis {
  const record = loadLegal().find(({ names }) => names !== undefined);
  if (record === undefined) throw new Error("no record of the data files has names");
  return record;
}

let count = 0;
async function withStored(before: readonly LegalBasis[], work: (store: Store) => Promise<void>) {
  count += 1;
  const store = await openStore(`${folder.path}/${count}`);
  try {
    for (const record of before) await store.legal.add([record]);
    await work(store);
  } finally {
    await store.close();
  }
}

/** What a start says, and what is on record after it. */
async function start(store: Store, legal: readonly LegalBasis[] = [told]) {
  const { log, lines } = listeningLog();
  await preloadLegal(store, { statements: [], legal }, { at: AT, log });
  return { said: lines, records: await store.legal.all() };
}

const { names: _, ...bare } = told;

describe("a legal basis of the data files", () => {
  test("that is on record without its names gets them as its next version, once and in its old place", () =>
    withStored([bare], async (store) => {
      const next = { ...told, version: 2 };
      expect(await start(store)).toEqual({ said: [], records: [bare, next] });
      expect(await start(store)).toEqual({ said: [], records: [bare, next] });
    }));

  test("is left as it is where people of this collector recorded a later version", async () => {
    const own = { ...bare, version: 2, basis: "court decision" as const, recordedAt: "2026-11-29T00:00:00.000Z" };
    await withStored([bare, own], async (store) => {
      expect(await start(store)).toEqual({ said: [], records: [bare, own] });
    });
  });

  test("is left as it is, and told, where the version on record says something else", () =>
    withStored([{ ...bare, source: "somebody else" }], async (store) => {
      const { said, records } = await start(store);
      expect(said).toHaveLength(1);
      expect(records).toEqual([{ ...bare, source: "somebody else" }]);
    }));

  test("is recorded with its names where there is none", () =>
    withStored([], async (store) => {
      expect(await start(store)).toEqual({ said: [], records: [told] });
      expect(await start(store)).toEqual({ said: [], records: [told] });
    }));
});
