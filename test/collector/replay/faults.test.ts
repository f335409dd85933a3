import { describe, expect, test } from "vitest";
import { replayLines } from "../../../collector/replay/replay.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { entryHash } from "../../../protocol/chain.ts";
import { generateIdentity, probeIdOf, signText } from "../../../protocol/signature.ts";
import { KNOWLEDGE } from "../analysis/build.ts";
import { archiveOf, cutWorld, replayed } from "./archive.ts";
import { textSource } from "./text-source.ts";

const whole = archiveOf(cutWorld());
const wanted = canonicalJson((await replayed(whole)).output);
const isEntry = (line: string) => line.includes('"type":"entry"');
const at = whole.findIndex(isEntry);
const entryAt = (index: number) => JSON.parse(whole[index] ?? "");

describe("an archive with faults", () => {
  test("loses its wrong lines only, and each is named with its number", async () => {
    const stranger = canonicalJson({ ...entryAt(at), entry: { ...entryAt(at).entry, probe: "f".repeat(32) } });
    const wrong = ["{", '{"type":"dance"}', '"x"', '{"type":"entry","received":"now","entry":{}}', stranger];
    const badBody = canonicalJson({
      ...entryAt(at),
      entry: { ...entryAt(at).entry, seq: 999, body: { state: "well" } },
    });
    const { output, report } = await replayed([...wrong, ...whole, badBody]);
    expect(canonicalJson(output)).toBe(wanted);
    expect(report.refusedLines).toBe(6);
    expect(report.refused.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, whole.length + 6]);
    expect(report.refused.map(({ problem }) => problem).join("\n")).toMatch(
      /not JSON[\s\S]*type[\s\S]*received[\s\S]*no line of the archive tells of probe[\s\S]*entry\.body/,
    );
  });

  test("tells which numbers of a chain are missing", async () => {
    const { probe } = entryAt(at).entry;
    const missing = (line: string) =>
      isEntry(line) && line.includes(probe) && [3, 4].includes(JSON.parse(line).entry.seq);
    const { report } = await replayed(whole.filter((line) => !missing(line)));
    expect(report.gaps).toEqual([{ probe, from: 3, to: 4 }]);
    expect(report.refusedLines).toBe(0);
  });

  test("may begin in the middle of a chain", async () => {
    const late = whole.filter((line) => !isEntry(line) || JSON.parse(line).entry.seq > 3);
    expect((await replayed(late)).report).toMatchObject({ gapCount: 0, breakCount: 0, refusedLines: 0 });
  });

  test("tells where a chain does not hold, and uses what it says", async () => {
    const changed = entryAt(at);
    changed.entry.mono += 1;
    const { output, report } = await replayed(
      whole.map((line, index) => (index === at ? canonicalJson(changed) : line)),
    );
    expect(report.breaks).toEqual([
      expect.objectContaining({ probe: changed.entry.probe, seq: changed.entry.seq + 1 }),
    ]);
    expect(canonicalJson(output)).toBe(wanted);
  });

  test("with two entries under one number takes the first and names the second", async () => {
    const fork = entryAt(at);
    fork.entry.mono += 1;
    fork.received = "2022-01-06T10:00:00.000Z";
    const { report } = await replayed([canonicalJson(fork), ...whole]);
    expect(report.refused).toEqual([{ line: 1, problem: expect.stringContaining("another entry") }]);
  });
});

describe("signatures", () => {
  const { publicKey, privateKeyPem } = generateIdentity();
  const old = entryAt(at).entry.probe as string;
  /** The archive in which one probe has a key; only its entry number `signedAt` carries a signature. */
  function signed(signedAt: number): string[] {
    let prev = "0".repeat(64);
    return whole.map((line) => {
      const parsed = JSON.parse(line.replaceAll(old, probeIdOf(publicKey)));
      if (parsed.type === "probe" && parsed.id === probeIdOf(publicKey)) return canonicalJson({ ...parsed, publicKey });
      if (parsed.type !== "entry" || parsed.entry.probe !== probeIdOf(publicKey)) return canonicalJson(parsed);
      const entry = { ...parsed.entry, prev };
      prev = entryHash(entry);
      const signature = entry.seq === signedAt ? { signature: signText(privateKeyPem, "journal", prev) } : {};
      return canonicalJson({ ...parsed, entry, ...signature });
    });
  }
  const own = whole.filter((line) => isEntry(line) && line.includes(old)).length;
  const others = whole.filter(isEntry).length - own;

  test("prove their entry and all before it; the rest is refused unless asked for", async () => {
    const replay = (unsigned: boolean) =>
      replayLines(textSource([...signed(own - 2)].reverse()), { unsigned, knowledge: KNOWLEDGE });
    expect((await replay(false)).report.refusedLines).toBe(others + 2);
    expect((await replay(true)).report.refusedLines).toBe(0);
  });

  test("do not cover a record that was changed", async () => {
    const lines = signed(own);
    const index = lines.findIndex((line) => isEntry(line) && line.includes(probeIdOf(publicKey)));
    const changed = JSON.parse(lines[index] ?? "");
    changed.entry.mono += 1;
    lines[index] = canonicalJson(changed);
    const { report } = await replayLines(textSource(lines), { unsigned: false, knowledge: KNOWLEDGE });
    expect(report.refusedLines).toBe(others + 1);
  });
});
