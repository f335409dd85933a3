import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { temporaryFolder, until } from "../../end-to-end/processes.ts";
import { startCollector } from "../test-collector.ts";
import { packed, post, type TestProbe, webDraft } from "../test-probe.ts";
import { run } from "./run.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
let made = 0;
const place = (name: string) => join(folder.path, `${++made}-${name}`);

/** Lines of an archive with two probes, one of them a control, a presence of each, and 8 entries. */
let lines: string[];
let witness: TestProbe;
const to = new Date(Date.now() + 3_600_000).toISOString();

beforeAll(async () => {
  const collector = await startCollector({ folder: place("first") });
  witness = await collector.probe();
  const control = await collector.probe({ role: "control", region: "DE", asn: 3320, access: null });
  for (let batch = 0; batch < 2; batch++)
    for (const probe of [control, witness])
      await post(collector.url, packed(probe.batch([probe.write(webDraft()), probe.write()])));
  await collector.close();
  lines = await exported(collector.folder);
});

async function exported(data: string): Promise<string[]> {
  const file = place("archive.gz");
  expect((await run("export", "--to", to, "--out", file, "--data", data)).code).toBe(0);
  return gunzipSync(readFileSync(file)).toString().trimEnd().split("\n");
}

async function imported(content: readonly string[] | Buffer, data: string, ...flags: string[]) {
  const file = place("in");
  writeFileSync(file, Array.isArray(content) ? `${content.join("\n")}\n` : (content as Buffer));
  const { code, out } = await run("import", file, "--json", "--data", data, ...flags);
  return { code, report: JSON.parse(out) };
}

const isEntry = (line: string) => line.includes('"type":"entry"');
const entriesOf = (archive: readonly string[], probe = witness.id) =>
  archive.filter((line) => isEntry(line) && line.includes(probe));
type Line = { entry: Record<string, unknown>; signature?: string };
const changed = (line: string, change: (line: Line) => void) => {
  const parsed = JSON.parse(line) as Line;
  change(parsed);
  return JSON.stringify(parsed);
};
const unsignedLine = (line: string) =>
  changed(line, (parsed) => {
    delete parsed.signature;
  });

describe("an archive imported into an empty store", () => {
  test("is exported again line by line", async () => {
    const data = place("second");
    const { code, report } = await imported(lines, data);
    expect(code).toBe(0);
    expect(report).toMatchObject({ added: { probes: 2, entries: 8, presences: 2 }, gaps: [], refusedLines: 0 });
    expect(await exported(data)).toEqual(lines);
    expect(readdirSync(data).filter((name) => name.startsWith("import-"))).toEqual([]);
  });

  test("may come gzipped, shuffled and twice; each record is stored once", async () => {
    const data = place("shuffled");
    const shuffled = [...lines, ...lines].sort((a, b) => (sha256Hex(a) < sha256Hex(b) ? -1 : 1));
    expect(await imported(gzipSync(shuffled.join("\n")), data)).toMatchObject({
      code: 0,
      report: { added: { entries: 8 }, known: { entries: 8 } },
    });
    expect(await imported(lines, data)).toMatchObject({
      report: { added: { probes: 0, entries: 0, presences: 0, events: 0 }, from: null },
    });
    expect(await exported(data)).toEqual(lines);
  });

  test("loses only its wrong lines, which are named", async () => {
    const data = place("wrong");
    const wrong = ["{", '{"type":"dance"}', "", ...lines, `{"type":"entry","received":"now"}`];
    const { code, report } = await imported(wrong, data);
    expect(code).toBe(65);
    expect(report).toMatchObject({ added: { entries: 8 }, refusedLines: 3 });
    expect(report.refused.map(({ line }: { line: number }) => line)).toEqual([1, 2, lines.length + 4]);
    expect(await exported(data)).toEqual(lines);
  });

  test("that was cut is taken up to the cut", async () => {
    const whole = gzipSync(lines.join("\n"));
    const { code, report } = await imported(whole.subarray(0, whole.length - 12), place("cut"));
    expect(code).toBe(65);
    expect(report.refused[0].problem).toContain("cannot be read beyond this line");
  });

  test("with a line beyond all measure loses that line only", async () => {
    const { report } = await imported([`"${"x".repeat(400_000)}"`, ...lines], place("long"));
    expect(report).toMatchObject({ added: { entries: 8 }, refused: [{ line: 1 }] });
  });
});

describe("a chain in an archive", () => {
  test("without signatures is taken only when asked for, and then without its key", async () => {
    const bare = lines.map((line) => (isEntry(line) ? unsignedLine(line) : line));
    const data = place("bare");
    expect(await imported(bare, data)).toMatchObject({ code: 65, report: { added: { entries: 0 }, refusedLines: 8 } });
    const other = place("unsigned");
    expect(await imported(bare, other, "--unsigned")).toMatchObject({ code: 0, report: { added: { entries: 8 } } });
    const probes = (await exported(other)).filter((line) => line.includes('"type":"probe"'));
    expect(probes.join()).not.toContain("publicKey");
  });

  test("is proved by one signature at its end", async () => {
    const [last, ...before] = entriesOf(lines).reverse();
    const thin = [...lines.filter((line) => !isEntry(line)), last ?? "", ...before.map(unsignedLine)];
    expect(await imported(thin, place("thin"))).toMatchObject({ code: 0, report: { added: { entries: 4 } } });
  });

  test("may begin in the middle; what it lacks inside is told as a gap", async () => {
    const own = entriesOf(lines);
    const without = lines.filter((line) => line !== own[0] && line !== own[2]);
    // Entry 2 ends a batch and is signed, entry 4 as well.
    expect(await imported(without, place("gap"))).toMatchObject({
      code: 0,
      report: { added: { entries: 6 }, gaps: [{ probe: witness.id, from: 3, to: 3 }] },
    });
  });

  test("gets what was missing from a second archive", async () => {
    const own = entriesOf(lines);
    const data = place("mended");
    await imported(
      lines.filter((line) => line !== own[2]),
      data,
    );
    expect(await imported(lines, data)).toMatchObject({ code: 0, report: { added: { entries: 1 }, gaps: [] } });
    expect(await exported(data)).toEqual(lines);
  });

  test.each([[[]], [["--unsigned"]]])("with a changed entry in it is not taken from there on %j", async (flags) => {
    const own = entriesOf(lines);
    const forged = lines.map((line) =>
      line === own[2] ? changed(line, ({ entry }) => Object.assign(entry, { boot: "forged" })) : line,
    );
    const { code, report } = await imported(forged, place("forged"), ...flags);
    expect(code).toBe(65);
    expect(report.refused.map(({ line }: { line: number }) => forged[line - 1])).toContain(own[3]);
    expect(report.added.entries).toBeLessThan(8);
  });

  test("that contradicts what is stored loses, and nothing stored changes", async () => {
    const data = place("fork");
    await imported(lines, data);
    const own = entriesOf(lines);
    const forged = changed(own[3] ?? "", ({ entry }) => Object.assign(entry, { boot: "forged" }));
    expect(await imported([forged], data, "--unsigned")).toMatchObject({
      code: 65,
      report: { refused: [{ line: 1, problem: "another entry 4 of this probe is stored" }] },
    });
    expect(await exported(data)).toEqual(lines);
  });

  test("of a probe that nobody knows is not taken", async () => {
    const data = place("stranger");
    const { report } = await imported(entriesOf(lines), data, "--unsigned");
    expect(report).toMatchObject({ added: { entries: 0 }, refusedLines: 4 });
  });

  test("of a key that is not the probe's own is not taken", async () => {
    const foreign = lines.map((line) =>
      line.includes('"type":"probe"') && line.includes(witness.id)
        ? canonicalJson({ ...JSON.parse(line), publicKey: "A".repeat(43) })
        : line,
    );
    expect((await imported(foreign, place("key"))).report).toMatchObject({ added: { probes: 1, entries: 4 } });
  });
});

test("a collector that serves the same folder judges what was imported", async () => {
  const collector = await startCollector();
  const verdicts = async () => {
    const answer = await fetch(`${collector.url}/api/v1/verdicts`);
    return ((await answer.json()) as { verdicts: unknown[] }).verdicts.length;
  };
  expect(await verdicts()).toBe(0);
  expect((await imported(lines, collector.folder)).code).toBe(0);
  await until("verdicts appear", async () => (await verdicts()) === 2);
  const probe = await collector.probe();
  expect((await post(collector.url, packed(probe.batch([probe.write(webDraft())])))).status).toBe(200);
  await collector.close();
});

test.each([
  [["import"], "usage"],
  [["import", "/nowhere/x"], "bad_input"],
  [["import", "x", "--format", "csv"], "usage"],
])("%j is refused with %s", async (argv, code) => {
  await expect(run(...argv, "--data", place("none"))).rejects.toMatchObject({ code });
});
