import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { within } from "../../protocol/deadline.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** What ends a wait on the signal that is made; nothing else holds the signal. */
function ended(make: () => AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    const signal = make();
    signal.addEventListener("abort", () => resolve(signal.reason));
  });
}

async function collectAll(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
}

describe("a deadline", () => {
  it("comes although garbage is collected while it is waited for", { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    const over = ended(() => within(300, stop.signal));
    await collectAll();
    // The timer alone keeps no process alive.
    const alive = setInterval(() => {}, 1000);
    expect(await over).toMatchObject({ name: "TimeoutError" });
    clearInterval(alive);
  });

  it("is left early when another signal fires, with that signal's reason", async () => {
    const stop = new AbortController();
    const over = ended(() => within(60_000, stop.signal));
    await collectAll();
    stop.abort("enough");
    expect(await over).toBe("enough");
  });

  it("has fired at once where another signal had", () => {
    expect(within(60_000, AbortSignal.abort("before"))).toMatchObject({ aborted: true, reason: "before" });
  });
});
