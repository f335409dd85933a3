import { describe, expect, test } from "vitest";
import { startCollector, testPages } from "../test-collector.ts";
import { packed, post, webDraft } from "../test-probe.ts";

const READERS = 8;

/** Holds the thread, as a large page does. */
function work(): void {
  const end = performance.now() + 150;
  while (performance.now() < end);
}

describe("a delivery of a probe", () => {
  test("is not kept waiting by all the pages that are asked for at once", async () => {
    const collector = await startCollector({
      pages: {
        ...testPages,
        now: (view, language) => {
          work();
          return testPages.now(view, language);
        },
      },
    });
    try {
      const probe = await collector.probe();
      const body = packed(probe.batch([probe.write(webDraft())]));
      await fetch(`${collector.url}/healthz`);
      let answered = 0;
      const asked = Array.from({ length: READERS }, async () => {
        await (await fetch(`${collector.url}/en`)).text();
        answered += 1;
      });
      const { status } = await post(collector.url, body);
      expect(status).toBe(200);
      expect(answered).toBeLessThan(READERS / 2);
      await Promise.all(asked);
    } finally {
      await collector.close();
    }
  });

  test("leaves readers who have gone out of the row", async () => {
    let drawn = 0;
    const collector = await startCollector({
      pages: {
        ...testPages,
        now: (view, language) => {
          work();
          drawn += 1;
          return testPages.now(view, language);
        },
      },
    });
    try {
      const gone = new AbortController();
      const asked = Array.from({ length: READERS }, () =>
        fetch(`${collector.url}/en`, { signal: gone.signal }).catch(() => null),
      );
      await fetch(`${collector.url}/healthz`);
      gone.abort();
      await Promise.all(asked);
      expect((await fetch(`${collector.url}/en/`)).status).toBe(200);
      expect(drawn).toBeLessThan(READERS);
    } finally {
      await collector.close();
    }
  });
});
