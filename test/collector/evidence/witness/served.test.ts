import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCheckpoint } from "../../../../protocol/checkpoint.ts";
import { cosignedBy, readWitnessKey } from "../../../../protocol/cosignature.ts";
import { leafHash, verifyInclusion } from "../../../../protocol/merkle.ts";
import { readTlogProof } from "../../../../protocol/tlog-proof.ts";
import { temporaryFolder } from "../../../end-to-end/processes.ts";
import { run } from "../../exchange/run.ts";
import { startCollector, type TestCollector } from "../../test-collector.ts";
import { packed, post } from "../../test-probe.ts";

const folder = temporaryFolder();
const children: ReturnType<typeof spawn>[] = [];
let collector: TestCollector | null = null;

afterAll(async () => {
  for (const child of children) child.kill("SIGTERM");
  await collector?.close();
  folder.remove();
});

/** A partner's witness as the command runs it, in a process of its own; its key and address. */
async function startWitness(log: string): Promise<[key: string, url: string]> {
  const kuager = fileURLToPath(new URL("../../../../dist/bin/kuager.js", import.meta.url));
  const child = spawn(
    process.execPath,
    [
      kuager,
      "collector",
      "witness",
      "--data",
      join(folder.path, "witness"),
      "--log",
      log,
      "--name",
      "witness.example/w1",
      "--port",
      "0",
    ],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  children.push(child);
  const line = await new Promise<string>((done) =>
    child.stdout.once("data", (part: Buffer) => done(part.toString("utf8"))),
  );
  const [key = "", url = ""] = line.trim().split(" ");
  return [key, url];
}

let data: string;
beforeAll(async () => {
  data = join(folder.path, "collector");
  // The log's key is made with the folder; the witness must know it before it is asked.
  const first = await startCollector({ folder: data });
  const log = (await (await fetch(`${first.url}/api/v1/log/key`)).text()).trim();
  const probe = await first.probe();
  const written = [probe.write(), probe.write(), probe.write()];
  expect((await post(first.url, packed(probe.batch(written)))).status).toBe(200);
  await first.close();
  const [key, url] = await startWitness(log);
  writeFileSync(join(folder.path, "policy"), `witness one ${key} ${url}\nquorum one\n`);
  collector = await startCollector({ folder: data, flags: { "log-witnesses": join(folder.path, "policy") } });
  const witness = readWitnessKey(key);
  const texts = written.map(({ text }) => text);
  scene = { url: collector.url, witness, texts };
}, 60_000);
let scene: { url: string; witness: ReturnType<typeof readWitnessKey>; texts: string[] };

const text = async (path: string) => (await fetch(`${scene.url}/api/v1/log/${path}`)).text();

/** The head once the witness has signed it. */
async function cosigned(): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const note = await text("checkpoint");
    if (scene.witness !== null && cosignedBy(note, scene.witness).state === "holds") return note;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("the head was not cosigned");
}

test("a collector that serves has its head cosigned by a partner's witness, and shows the line below it", async () => {
  expect(readCheckpoint(await cosigned())?.size).toBe(3);
  const { heads } = JSON.parse(await text("witnesses"));
  expect(heads).toEqual([
    { size: 3, cosignatures: [{ witness: expect.stringContaining("witness.example/w1+"), made: expect.any(String) }] },
  ]);
});

test("a proof for one entry can be had as a file that is checked offline", async () => {
  await cosigned();
  const proof = readTlogProof(await text("proof.tlog?leaf=1"));
  const head = proof === null ? null : readCheckpoint(proof.checkpoint);
  if (proof === null || head === null) throw new Error("the proof is none");
  const inclusion = {
    index: proof.index,
    size: head.size,
    leaf: leafHash(scene.texts[1] ?? ""),
    path: proof.path,
    root: head.root,
  };
  expect(verifyInclusion(inclusion)).toBe(true);
  expect((await fetch(`${scene.url}/api/v1/log/proof.tlog?leaf=3`)).status).toBe(404);
  expect((await fetch(`${scene.url}/api/v1/log/proof.tlog`)).status).toBe(400);
});

test("stamps are listed, and one that is not there is not found", async () => {
  expect(JSON.parse(await text("stamps"))).toEqual({ stamps: [] });
  expect((await fetch(`${scene.url}/api/v1/log/stamp?size=3&sha256=${"0".repeat(64)}`)).status).toBe(404);
  expect((await fetch(`${scene.url}/api/v1/log/stamp?size=x`)).status).toBe(400);
});

test("'collector log' prints the line of the witness with the head", async () => {
  await cosigned();
  const { out } = await run("log", "--data", data);
  expect(out).toContain("— witness.example/w1 ");
});
