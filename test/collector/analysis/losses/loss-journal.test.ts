import { describe, expect, it } from "vitest";
import { newChurn } from "../../../../collector/analysis/losses/churn.ts";
import { begunBy, isConfirmed, momentOf, newLoss } from "../../../../collector/analysis/losses/loss.ts";
import { readJournal } from "../../../../collector/analysis/losses/loss-journal.ts";
import { addLoss, newProbe } from "../../../../collector/analysis/losses/probe-book.ts";
import { SETTINGS } from "../../../../collector/analysis/settings.ts";
import type { StartBody } from "../../../../protocol/records/life.ts";
import type { LinkState } from "../../../../protocol/records/link.ts";
import { journalOf, link, probeOf, T0 } from "../build.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const CONTEXT = { settings: SETTINGS, fleet: newChurn() };

/** A probe that fell silent at T0, known a heartbeat later, with its journal. */
function silenced() {
  const info = probeOf("A");
  const state = newProbe(info);
  const write = journalOf(info);
  const read = (at: number, draft: Parameters<typeof write>[1], boot = "boot-1") =>
    readJournal(state, { entry: write(at, draft, { boot }), at, received: at + MINUTE }, CONTEXT);
  read(T0 - 10 * MINUTE, { kind: "link", body: link("international", T0 - MINUTE) });
  const loss = { ...newLoss(info, T0, "boot-1"), missedBy: T0 + 35 * SECOND };
  addLoss(state, loss);
  const ladder = (at: number, rung: LinkState, since = at, boot = "boot-1") =>
    read(at, { kind: "link", body: link(rung, since) }, boot);
  const start = (at: number, previous: StartBody["previous"], boot: string, software = "kuager/1") =>
    read(at, { kind: "start", body: { software, uptimeS: 5, previous, power: "mains" } }, boot);
  return { state, loss, read, ladder, start };
}

describe("a loss and the journal that comes later", () => {
  it("a fall of the ladder dates it, and a return ends it", () => {
    const { loss, ladder } = silenced();
    ladder(T0 + 12 * SECOND, "lan");
    ladder(T0 + 20 * MINUTE, "international");
    expect(loss).toMatchObject({ firstBad: T0 + 12 * SECOND, endedAt: T0 + 20 * MINUTE, gateway: { up: 1, down: 0 } });
    expect(isConfirmed(loss)).toBe(true);
  });

  it("an entry that finds all well during the silence speaks against it", () => {
    const { loss, ladder } = silenced();
    ladder(T0 + 5 * MINUTE, "international", T0 - 10 * MINUTE);
    expect(loss.wellDuring).toBe(1);
    expect(isConfirmed(loss)).toBe(false);
  });

  it("a look from behind a login page says nothing, neither that the line was lost nor that it was well", () => {
    const { loss, state, read } = silenced();
    const portal = { ...link("isp", T0 + 30 * SECOND), portal: true };
    read(T0 + 30 * SECOND, { kind: "link", body: portal });
    expect(loss).toMatchObject({ firstBad: null, wellDuring: 0 });
    expect(state.losses).toHaveLength(1);
  });

  it("an entry that finds all well before the missed beat moves the last good moment", () => {
    const { loss, ladder } = silenced();
    ladder(T0 + 20 * SECOND, "international", T0 - 10 * MINUTE);
    expect(loss.lastGood).toBe(T0 + 20 * SECOND);
  });

  it("a ladder that had fallen while beats went on by another route dates it back", () => {
    const { loss, ladder } = silenced();
    ladder(T0 + 40 * SECOND, "lan", T0 - 2 * MINUTE);
    expect(loss.lastGood).toBe(T0 - 10 * MINUTE);
    expect(loss.firstBad).toBe(T0 - 2 * MINUTE);
  });

  it("a return that an earlier entry has told is not moved by a later one", () => {
    const { loss, ladder } = silenced();
    ladder(T0 + 5 * MINUTE, "international", T0 + 4 * MINUTE);
    expect(loss.endedAt).toBe(T0 + 4 * MINUTE);
    expect(ladder(T0 + 9 * MINUTE, "international", T0 + 4 * MINUTE)).toBeNull();
    expect(loss.endedAt).toBe(T0 + 4 * MINUTE);
  });

  it("a return told twice keeps the earlier, and a fall within it opens it again", () => {
    const { loss, ladder } = silenced();
    ladder(T0 + MINUTE, "lan");
    ladder(T0 + 10 * MINUTE, "international");
    expect(ladder(T0 + 11 * MINUTE, "international", T0 + 10 * MINUTE)).toBeNull();
    ladder(T0 + 12 * MINUTE, "lan", T0 + 10 * MINUTE);
    expect(loss.endedAt).toBeNull();
    expect(loss.lastBad).toBe(T0 + 12 * MINUTE);
  });

  it("a later fall on a well line is a loss of its own", () => {
    const { state, ladder } = silenced();
    ladder(T0 + MINUTE, "lan");
    ladder(T0 + 10 * MINUTE, "international");
    const second = ladder(T0 + 60 * MINUTE, "lan");
    expect(state.losses).toHaveLength(2);
    expect(second).toMatchObject({ lastGood: T0 + 10 * MINUTE, firstBad: T0 + 60 * MINUTE });
  });

  it("a start after a clean stop says that the volunteer switched off, by its time or by the last beat", () => {
    const told = silenced();
    told.start(T0 + 60 * MINUTE, { end: "clean", lastAliveAt: new Date(T0 + SECOND).toISOString() }, "boot-2");
    expect(told.loss.void).toBe(true);
    const untold = silenced();
    untold.start(T0 + 60 * MINUTE, { end: "clean", lastAliveAt: null }, "boot-2");
    expect(untold.loss.void).toBe(true);
    const later = silenced();
    later.start(T0 + 60 * MINUTE, { end: "clean", lastAliveAt: new Date(T0 + 30 * MINUTE).toISOString() }, "boot-2");
    expect(later.loss.void).toBe(false);
  });

  it("a clean stop after the ladder had fallen does not unmake the loss", () => {
    const { loss, ladder, start } = silenced();
    ladder(T0 + MINUTE, "lan");
    start(T0 + 60 * MINUTE, { end: "clean", lastAliveAt: new Date(T0).toISOString() }, "boot-2");
    expect(loss).toMatchObject({ void: false, rebooted: true });
  });

  it("another boot is lost power, the same boot with other software an update", () => {
    const power = silenced();
    power.start(T0 + 5 * MINUTE, { end: "unclean", lastAliveAt: null }, "boot-2");
    expect(power.loss).toMatchObject({ rebooted: true, updated: false });
    const update = silenced();
    update.start(T0 + MINUTE, { end: "unclean", lastAliveAt: null }, "boot-1");
    update.start(T0 + 5 * MINUTE, { end: "unclean", lastAliveAt: null }, "boot-1", "kuager/2");
    expect(update.loss).toMatchObject({ rebooted: false, updated: true, sameBootAt: T0 + 5 * MINUTE });
  });

  it("a fall seen by another boot is no degree of the cut", () => {
    const { loss, ladder } = silenced();
    ladder(T0 + 5 * MINUTE, "lan", T0 + 5 * MINUTE, "boot-2");
    expect(loss.rebooted).toBe(true);
    expect(loss.degrees.size).toBe(0);
    expect(isConfirmed(loss)).toBe(true);
  });

  it("only the first sign of the same boot is news", () => {
    const { read } = silenced();
    const alive = (from: number) =>
      ({
        kind: "alive",
        body: { from: new Date(from).toISOString(), to: new Date(from).toISOString(), beats: 1 },
      }) as const;
    expect(read(T0 + 2 * MINUTE, alive(T0))).not.toBeNull();
    expect(read(T0 + 3 * MINUTE, alive(T0))).toBeNull();
    expect(read(T0 + MINUTE, alive(T0))).toBeNull();
    expect(read(T0 + 4 * MINUTE, alive(T0), "boot-2")).not.toBeNull();
    expect(read(T0 + 5 * MINUTE, alive(T0), "boot-2")).toBeNull();
  });

  it("what is written long after it was over says nothing of it", () => {
    const { loss, ladder, start } = silenced();
    ladder(T0 + MINUTE, "lan");
    ladder(T0 + 2 * MINUTE, "international");
    expect(start(T0 + 60 * MINUTE, { end: "unclean", lastAliveAt: null }, "boot-2")).toBeNull();
    expect(ladder(T0 + 70 * MINUTE, "international", T0 + 2 * MINUTE, "boot-2")).toBeNull();
    expect(loss).toMatchObject({ rebooted: false, endedAt: T0 + 2 * MINUTE });
  });

  it("a probe without any loss has nothing to tell of one", () => {
    const info = probeOf("B");
    const state = newProbe(info);
    const entry = journalOf(info)(T0, { kind: "stop", body: { reason: "x" } });
    expect(readJournal(state, { entry, at: T0, received: T0 }, CONTEXT)).toBeNull();
    expect(state.lastStop).toBe(T0);
  });
});

describe("the moment of a loss", () => {
  it("is its first sign, never before the last good one; with no sign it is that one", () => {
    const loss = newLoss(probeOf("A"), T0, null);
    expect([momentOf(loss), begunBy(loss)]).toEqual([T0, T0]);
    expect(begunBy({ ...loss, missedBy: T0 + 9, firstBad: T0 + 5 })).toBe(T0 + 5);
    expect(begunBy({ ...loss, firstBad: T0 - 5 })).toBe(T0);
  });
});
