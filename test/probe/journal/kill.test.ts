import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHAIN_START, followChain } from "../../../protocol/chain.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import { folders, openJournal } from "../support.ts";

const KILLS = 12;
const temporary = folders();
let program = "";

beforeAll(async () => {
  const bundled = await build({
    entryPoints: [join(import.meta.dirname, "writer.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  program = bundled.outputFiles[0]?.text ?? "";
});
afterAll(temporary.clean);

/** Runs the writer and kills it with SIGKILL after it has reported `lines` commits; returns the last one reported. */
async function writeAndKill(folder: string, lines: number): Promise<number> {
  const child = spawn(process.execPath, ["--input-type=module", "-", folder], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(program);
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.split("\n").length > lines) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  return Number(text.split("\n").at(-2) ?? 0);
}

it(`loses nothing it reported as committed and keeps one chain through ${KILLS} kills`, async () => {
  const folder = temporary.make();
  for (let kill = 0; kill < KILLS; kill++) {
    const committed = await writeAndKill(folder, 1 + Math.floor(Math.random() * 40));
    const { journal } = openJournal(folder);
    expect(journal.head().seq).toBeGreaterThanOrEqual(committed);
    const entries = journal.read(0, 1e6, 1e12).map(({ text }) => {
      const parsed = parseJson(Entry, text);
      if (!parsed.ok) throw new Error(parsed.problems.join("; "));
      return parsed.value;
    });
    expect(entries).toHaveLength(journal.head().seq);
    expect(followChain(CHAIN_START, entries)).toEqual({ head: journal.head(), fault: null });
    journal.close();
  }
});
