import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCheckpoint } from "../../../protocol/checkpoint.ts";
import { leafHash, memoryNodes, treeRoot, verifyConsistency, verifyInclusion } from "../../../protocol/merkle.ts";
import { readVerifier } from "../../../protocol/note.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { packed, post, type TestProbe, type Written } from "../test-probe.ts";

let collector: TestCollector;
let probe: TestProbe;
let written: Written[];
const unhex = (text: unknown) => Buffer.from(String(text), "hex");
const get = (path: string) => fetch(`${collector.url}/api/v1/log/${path}`);
// The tests look at single fields of answers.
const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>;
const pathOf = (answer: Record<string, unknown>) => (Array.isArray(answer.path) ? answer.path.map(unhex) : []);

beforeAll(async () => {
  collector = await startCollector({ flags: { "log-origin": "log.example/kz", "checkpoint-seconds": "1" } });
  probe = await collector.probe();
  written = Array.from({ length: 300 }, () => probe.write());
  const batch = packed(probe.batch(written));
  // The same batch twice, as after a lost answer.
  for (const body of [batch, batch]) expect((await post(collector.url, body)).status).toBe(200);
});
afterAll(() => collector.close());

/** The newest head, once it is of all entries. */
async function head() {
  for (let tries = 0; tries < 400; tries++) {
    const verifier = readVerifier(await (await get("key")).text());
    const note = await (await get("checkpoint")).text();
    const opened = verifier === null ? null : openCheckpoint(note, verifier);
    if (opened?.size === written.length) return opened;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("no head of all entries was signed");
}

describe("the log over HTTP", () => {
  test("signs a head of every entry, each once, under the configured name", async () => {
    const { origin, root } = await head();
    expect(origin).toBe("log.example/kz");
    const nodes = memoryNodes(written.map(({ text }) => leafHash(text)));
    expect(Buffer.from(root)).toEqual(Buffer.from(treeRoot(written.length, nodes)));
  });

  test("proves an entry by its probe and number, and by its place", async () => {
    const { root, size } = await head();
    for (const path of [`proof?entry=${probe.id}/260`, "proof?leaf=259"]) {
      const answer = await json(path);
      const leaf = leafHash(written[259]?.text ?? "");
      expect(answer).toMatchObject({ index: 259, size, leaf: Buffer.from(leaf).toString("hex") });
      expect(verifyInclusion({ index: 259, size, leaf, path: pathOf(answer), root })).toBe(true);
    }
  });

  test("proves that it has only grown", async () => {
    const { root } = await head();
    const answer = await json("consistency?from=77&to=300");
    const parts = { from: 77, to: 300, fromRoot: unhex(answer.fromRoot), toRoot: root, path: pathOf(answer) };
    expect(verifyConsistency(parts)).toBe(true);
  });

  test("gives tiles from which a mirror builds the same root", async () => {
    const { root } = await head();
    const bytes = await Promise.all(
      ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"].map(async (path) =>
        Buffer.from(await (await get(path)).arrayBuffer()),
      ),
    );
    const leaves = [...(bytes[0] ?? []), ...(bytes[1] ?? [])];
    const hashes = Array.from({ length: 300 }, (_, at) => Uint8Array.from(leaves.slice(at * 32, at * 32 + 32)));
    expect(Buffer.from(treeRoot(300, memoryNodes(hashes)))).toEqual(Buffer.from(root));
    expect(bytes[2]).toEqual(Buffer.from(treeRoot(256, memoryNodes(hashes))));
  });

  test.each([
    ["proof", 400],
    ["proof?leaf=1&entry=2", 400],
    ["proof?leaf=1&size=301", 400],
    ["proof?leaf=300", 404],
    [`proof?entry=${"0".repeat(32)}/1`, 404],
    ["consistency?from=0", 400],
    ["consistency?from=9&to=8", 400],
    ["tile/0/002", 404],
    ["tile/0/001.p/45", 404],
    ["tile/0/000.p/256", 404],
    ["tile/entries/000", 404],
    ["tile/64/000", 404],
    ["tile/0/1", 404],
  ])("answers %s with %i", async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("problem+json");
  });
});
