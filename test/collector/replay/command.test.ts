import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { runReplay } from "../../../collector/commands/replay-command.ts";
import { runKuager, temporaryFolder } from "../../end-to-end/processes.ts";
import { run } from "../exchange/run.ts";
import { startCollector } from "../test-collector.ts";
import { archiveOf, cutWorld } from "./archive.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const lines = archiveOf(cutWorld());
const place = (name: string) => join(folder.path, name);

async function replay(words: readonly string[], input?: Readable) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    ask: async () => null,
    env: {},
    signal: new AbortController().signal,
  };
  const code = await runReplay(words, io, input);
  return { code, out: out.join(""), err: err.join("") };
}

test("an archive may be a file, gzipped or not, or the standard input", async () => {
  writeFileSync(place("plain"), lines.join("\n"));
  writeFileSync(place("packed"), gzipSync([...lines].reverse().join("\n")));
  const plain = await replay([place("plain"), "--unsigned", "--json"]);
  expect(plain.code).toBe(0);
  expect(JSON.parse(plain.out).incidents).toHaveLength(1);
  expect(await replay([place("packed"), "--unsigned", "--json"])).toEqual(plain);
  expect(await replay(["-", "--unsigned", "--json"], Readable.from(gzipSync(lines.join("\n"))))).toEqual(plain);
});

test("the program, which judges in a thread of its own, says on both outputs what the command says without one", async () => {
  writeFileSync(place("beside"), ["{", ...lines].join("\n"));
  for (const words of [[place("beside"), "--unsigned", "--json"], [place("beside")], [place("nowhere")]]) {
    const { code, stdout, stderr } = await runKuager(["replay", ...words]);
    const alone = await replay(words).catch(({ message }: Error) => ({
      code: 65,
      out: "",
      err: `kuager: ${message}\n`,
    }));
    expect({ code, out: stdout, err: stderr }).toEqual(alone);
  }
});

test("without --json incidents are told in words with UTC times", async () => {
  writeFileSync(place("words"), lines.join("\n"));
  const { out } = await replay([place("words"), "--unsigned"]);
  expect(out).toMatch(/AS9198, AS21299; KZ-75[\s\S]*began {5}2022-01-05 10:\d\d:\d\d UTC/);
});

test("refused lines are told on the error output, with exit code 65 and all else done", async () => {
  writeFileSync(place("bad"), ["{", ...lines].join("\n"));
  const { code, out, err } = await replay([place("bad"), "--unsigned", "--json", "--stats"]);
  expect(code).toBe(65);
  expect(JSON.parse(out).incidents).toHaveLength(1);
  expect(err).toMatch(/bad:1: not JSON[\s\S]*entries\/s/);
});

test("--verdicts writes one judged measurement a line", async () => {
  writeFileSync(place("judged"), lines.join("\n"));
  await replay([place("judged"), "--unsigned", "--verdicts", place("verdicts")]);
  const verdicts = readFileSync(place("verdicts"), "utf8").trimEnd().split("\n");
  expect(verdicts).toHaveLength(12);
  expect(JSON.parse(verdicts[0] ?? "")).toMatchObject({
    target: "orda.kz",
    asn: 9198,
    code: "ok",
    measuredAt: expect.any(String),
  });
});

test("a file that is not there is a clear error", async () => {
  await expect(replay([place("nowhere"), "--unsigned"])).rejects.toMatchObject({ code: "bad_input" });
});

test("what a collector stored, judged and exported gives the same incidents when it is replayed", async () => {
  writeFileSync(place("archive"), lines.join("\n"));
  const data = place("data");
  expect((await run("import", place("archive"), "--unsigned", "--data", data)).code).toBe(0);
  const collector = await startCollector({ folder: data });
  const answer = await fetch(`${collector.url}/api/v1/incidents?from=2022-01-01T00:00:00Z`);
  const live = (await answer.json()) as { incidents: Record<string, unknown>[] };
  await collector.close();
  expect((await run("export", "--out", place("export.gz"), "--data", data)).code).toBe(0);
  const again = await replay([place("export.gz"), "--unsigned", "--json"]);
  expect(live.incidents).toHaveLength(1);
  // Beside what the analysis gives, the API tells of publication; the analysis' own count is `revision`.
  const OF_PUBLICATION = ["number", "revision", "state", "publishedAt", "changedSince"];
  const analysed = live.incidents.map((incident) => ({
    ...Object.fromEntries(Object.entries(incident).filter(([name]) => !OF_PUBLICATION.includes(name))),
    version: incident.revision,
  }));
  expect(JSON.parse(again.out).incidents).toEqual(analysed);
});
