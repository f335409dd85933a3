import { afterAll, describe, expect, it } from "vitest";
import type { Look } from "../../../probe/link/look.ts";
import type { QuietLook } from "../../../probe/link/quiet.ts";
import type { Sensed } from "../../../probe/link/sense.ts";
import { createWatch } from "../../../probe/link/watch.ts";
import type { LineCondition, LinkBody, LinkState } from "../../../protocol/records/link.ts";
import { folders, linkBody, openJournal, SILENT } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);
const never = new AbortController().signal;

type Seen = readonly [LinkState, LineCondition, Partial<Sensed>?];
const OPEN: Seen = ["international", "open"];
const CUT: Seen = ["isp", "total-cut"];
const { medium, vpn, portal, checks, ports, collector } = linkBody();
const sensed = ([state, condition, more = {}]: Seen): Sensed => ({
  ...{ state, condition, medium, vpn, portal, checks, ports, collector },
  ...{ carrier: true, defaultRoutes: 1, family: "v4", ...more },
});
const NOTHING_NEW: QuietLook = { ok: true, proved: ["way", "foreign", "resolver"] };

/** A watch over a line that is, at each look in full, as the script says; quiet looks find nothing unless told. */
function watching(script: Seen[], quiet: QuietLook[] = []) {
  const opened = openJournal(temporary.make());
  const looks: string[] = [];
  const begun: { full: number[]; quiet: number[] } = { full: [], quiet: [] };
  const look: Look = {
    full: async (manner) => {
      looks.push(manner);
      begun.full.push(opened.clock.monoMs());
      return sensed(script.shift() ?? ["none", "no-carrier"]);
    },
    quiet: async () => {
      looks.push("quiet");
      begun.quiet.push(opened.clock.monoMs());
      return quiet.shift() ?? NOTHING_NEW;
    },
    heardMono: () => null,
    overdueMs: () => null,
    dates: async () => [],
  };
  const watch = createWatch({ ...opened, log: SILENT, linkS: () => 15, look, settleMs: 1 });
  const bodies = () =>
    opened.journal.read(0, 100, 1e9).map(({ text }) => (JSON.parse(text) as { body: LinkBody }).body);
  return { watch, bodies, looks, begun, journal: opened.journal };
}

describe("watching the line", () => {
  it("looks in full once, then cheaply while nothing is new, and writes nothing meanwhile", async () => {
    const { watch, bodies, looks, journal } = watching([OPEN]);
    for (let look = 0; look < 4; look++) await watch.once(never);
    expect(looks).toEqual(["first", "quiet", "quiet", "quiet"]);
    expect(bodies()).toHaveLength(1);
    journal.close();
  });

  it("writes at once when the line gets well", async () => {
    const { watch, bodies, journal } = watching([["domestic", "domestic-only"], OPEN]);
    for (let look = 0; look < 2; look++) await watch.once(never);
    expect(bodies().map(({ state, condition }) => [state, condition])).toEqual([
      ["domestic", "domestic-only"],
      ["international", "open"],
    ]);
    journal.close();
  });

  it("bounds a cut by the last look that had an answer from abroad, not by those that asked for something else", async () => {
    const failed: QuietLook = { ok: false, proved: [] };
    const { watch, bodies, begun, journal } = watching(
      [OPEN, CUT, CUT],
      [{ ok: true, proved: ["foreign"] }, { ok: true, proved: ["resolver"] }, failed],
    );
    for (let look = 0; look < 4; look++) await watch.once(never);
    const change = bodies()[1];
    expect(change?.previous?.state).toBe("international");
    expect(Math.abs((change?.previous?.untilMono ?? 0) - (begun.quiet[0] ?? 0))).toBeLessThan(1);
    // Dated by the cheap look that failed, before the looks in full that settled what it is.
    expect(change?.sinceMono).toBeLessThanOrEqual((begun.full[1] ?? 0) + 0.1);
    expect(change?.sinceMono).toBeGreaterThanOrEqual((begun.quiet[2] ?? 0) - 0.1);
    expect(change?.edges?.map(({ of, from, to }) => [of, from, to])).toEqual([
      ["state", "international", "isp"],
      ["condition", "open", "total-cut"],
    ]);
    const edge = change?.edges?.[0];
    expect(edge?.boundMs).toBeCloseTo(((edge?.beforeMono ?? 0) - (edge?.afterMono ?? 0)) / 2, 0);
    journal.close();
  });

  it("bounds a resolver's death by the resolver's last answer", async () => {
    const dead: Seen = ["international", "resolver-dead"];
    const { watch, bodies, begun, journal } = watching(
      [OPEN, dead, dead],
      [
        { ok: true, proved: ["resolver"] },
        { ok: true, proved: ["foreign"] },
        { ok: false, proved: [] },
      ],
    );
    for (let look = 0; look < 4; look++) await watch.once(never);
    const change = bodies()[1];
    expect(change?.previous).toBeUndefined();
    expect(change?.edges).toMatchObject([{ of: "condition", from: "open", to: "resolver-dead" }]);
    expect(Math.abs((change?.edges?.[0]?.afterMono ?? 0) - (begun.quiet[0] ?? 0))).toBeLessThan(1);
    journal.close();
  });

  it("believes a change for the worse only when looks agree, and then what they agree on", async () => {
    const failed: QuietLook = { ok: false, proved: [] };
    const dead: Seen = ["none", "gateway-dead"];
    const { watch, bodies, journal } = watching([OPEN, CUT, OPEN, CUT, dead, dead], [failed, failed]);
    await watch.once(never);
    await watch.once(never);
    expect(bodies()).toHaveLength(1);
    await watch.once(never);
    expect(bodies()[1]).toMatchObject({ state: "none", condition: "gateway-dead" });
    expect(watch.state()).toBe("none");
    journal.close();
  });

  it("writes a collector that is out of reach while abroad answers, and says nothing of it while abroad does not", async () => {
    const routes = (ok: boolean) => ({ collector: [{ route: "https://c.test", ok }] });
    const failed: QuietLook = { ok: false, proved: ["foreign"] };
    const up: Seen = ["international", "open", routes(true)];
    const away: Seen = ["international", "open", routes(false)];
    const cut: Seen = ["isp", "total-cut", routes(false)];
    const { watch, bodies, journal } = watching([up, away, away, cut, cut, up], [failed, failed]);
    for (let look = 0; look < 4; look++) await watch.once(never);
    expect(bodies().map(({ edges = [] }) => edges.map(({ of, to }) => `${of} ${to}`))).toEqual([
      [],
      ["collector unreachable"],
      ["state isp", "condition total-cut"],
      ["state international", "condition open"],
    ]);
    journal.close();
  });
});
