import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAllowances } from "../../../collector/requested-rounds/allowance.ts";
import { createOutbox } from "../../../collector/requested-rounds/outbox.ts";
import type { EntryDraft } from "../../../protocol/records/entry.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet, type Line, packed, type TestProbe, webDraft } from "../test-probe.ts";

let collector: TestCollector;
beforeAll(async () => {
  collector = await startCollector();
});
afterAll(() => collector.close());

/** Silence after the name was sent, while the same address answers a harmless name: proof of its own. */
function blockedDraft(target: string): EntryDraft {
  const draft = webDraft(target);
  if (draft.kind !== "web") return draft;
  const [step] = draft.body.tls;
  if (step === undefined) return draft;
  const nothing = { version: null, alpn: null, chain: [], leaf: null, trusted: null };
  const tls = [
    { ...step, ...nothing, failure: "generic_timeout_error" as const, answered: false },
    { ...step, id: 5, tcp: 6, sni: "example.org", purpose: "sni-control" as const },
  ];
  const [tcp] = draft.body.tcp;
  const connections = tcp === undefined ? [] : [tcp, { ...tcp, id: 6 }];
  return { kind: "web", body: { ...draft.body, tcp: connections, tls, http: [], local: [] } };
}

/** The next frame of a kind; null when the line closed before. Others are passed over. */
async function nextTask(line: Line): Promise<readonly string[] | null> {
  for (let frames = 0; frames < 200; frames++) {
    const frame = await line.next();
    if (frame === null) return null;
    if (frame.t === "task") return frame.targets;
  }
  return null;
}

/** A probe that has joined and beats; ends with its line. */
async function onLine(wish: Parameters<TestCollector["probe"]>[0]): Promise<{ probe: TestProbe; line: Line }> {
  const probe = await collector.probe(wish);
  const { line } = await greet(collector.url, probe);
  const beat = () => line.send({ t: "beat", seq: 0 });
  const timer = setInterval(beat, 300);
  void line.closed.then(() => clearInterval(timer));
  beat();
  await line.next();
  return { probe, line };
}

describe("requested rounds", () => {
  test("an anomaly that is proved asks the cell's other probes, and controls, for that target, and nobody else", async () => {
    const first = await onLine({});
    const neighbour = await onLine({});
    const control = await onLine({ role: "control", region: "DE", asn: 24940 });
    const elsewhere = await onLine({ region: "KZ-71" });
    first.line.sendBytes(packed(first.probe.batch([first.probe.write(blockedDraft("orda.kz"))])));
    expect(await nextTask(control.line)).toEqual(["orda.kz"]);
    control.line.sendBytes(packed(control.probe.batch([control.probe.write(webDraft("orda.kz"))])));
    expect(await nextTask(neighbour.line)).toEqual(["orda.kz"]);
    // The same again within five minutes asks nobody: the next request that comes is for the other target.
    first.line.sendBytes(packed(first.probe.batch([first.probe.write(blockedDraft("orda.kz"))])));
    first.line.sendBytes(packed(first.probe.batch([first.probe.write(blockedDraft("azattyq.org"))])));
    expect(await nextTask(control.line)).toEqual(["azattyq.org"]);
    control.line.sendBytes(packed(control.probe.batch([control.probe.write(webDraft("azattyq.org"))])));
    expect(await nextTask(neighbour.line)).toEqual(["azattyq.org"]);
    elsewhere.line.send({ t: "bye", reason: "test" });
    expect(await nextTask(elsewhere.line)).toBeNull();
    for (const { line } of [first, neighbour, control]) line.socket.close();
  });
});

describe("what limits requests", () => {
  test("a gap between two, a number within a window, and a number of keys", () => {
    const { take } = createAllowances({ gapMs: 10, most: 2, windowMs: 100 }, 2);
    expect([take("a", 0), take("a", 9), take("a", 10), take("a", 50), take("a", 100)]).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect([take("b", 100), take("c", 100), take("a", 101)]).toEqual([true, true, true]);
  });

  test("the box is bounded, keeps a target once, and forgets what cannot be sent", () => {
    const sent: [string, readonly string[]][] = [];
    const box = createOutbox((probe, targets) => (probe === "away" ? false : sent.push([probe, targets]) > 0), 3);
    expect([box.add("a", "x"), box.add("a", "x"), box.add("away", "x"), box.add("a", "y")]).toEqual(
      Array(4).fill(true),
    );
    expect(box.add("a", "z")).toBe(false);
    expect([box.flush(), box.flush()]).toEqual([1, 0]);
    expect(sent).toEqual([["a", ["x", "y"]]]);
    expect(box.add("a", "z")).toBe(true);
  });
});
