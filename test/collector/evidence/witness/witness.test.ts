import { spawn } from "node:child_process";
import { join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshCheckpoint } from "../../../../collector/evidence/checkpoints.ts";
import { logIdentity } from "../../../../collector/evidence/log-identity.ts";
import { askWitness } from "../../../../collector/evidence/witness/ask-witness.ts";
import { openBook, type WitnessBook } from "../../../../collector/evidence/witness/book.ts";
import { createWitness } from "../../../../collector/evidence/witness/server.ts";
import { createWitnessing } from "../../../../collector/evidence/witnessing.ts";
import { createOutward, type Outward } from "../../../../collector/outward.ts";
import { openStore } from "../../../../collector/store/open-store.ts";
import type { Store } from "../../../../collector/store/store.ts";
import { addCheckpointText } from "../../../../protocol/add-checkpoint.ts";
import { signCheckpoint } from "../../../../protocol/checkpoint.ts";
import { cosignedBy, witnessVerifier } from "../../../../protocol/cosignature.ts";
import { sha256Hex } from "../../../../protocol/hash.ts";
import { leafHash, memoryNodes, treeRoot } from "../../../../protocol/merkle.ts";
import { verifierText } from "../../../../protocol/note.ts";
import { generateIdentity } from "../../../../protocol/signature.ts";
import { readPolicy } from "../../../../protocol/witness-policy.ts";
import { temporaryFolder } from "../../../end-to-end/processes.ts";
import { listening } from "../stamp/tsa.ts";

const NAME = "witness.example/w1";
const PROBE = "a".repeat(32);
const { privateKeyPem } = generateIdentity();
const key = witnessVerifier(NAME, privateKeyPem);
const folder = temporaryFolder();
let outward: Outward;
let count = 0;

beforeAll(async () => {
  outward = await createOutward(null);
});
afterAll(async () => {
  await outward.close();
  folder.remove();
});

type Scene = { store: Store; book: WitnessBook; url: string; close: () => Promise<void> };
let scene: Scene;
beforeEach(async () => {
  scene = await makeScene();
  return () => scene.close();
});

/** A collector's store, and a witness of its log that listens on loopback. */
async function makeScene(): Promise<Scene> {
  const place = join(folder.path, String(count++));
  const store = await openStore(join(place, "collector"));
  await store.probes.addKnown({ id: PROBE, role: "witness", asn: null, region: null, access: null }, null);
  const book = await openBook(join(place, "witness"));
  const { verifier } = await logIdentity(store);
  const server = createWitness({ key: { name: NAME, privateKeyPem }, logs: [verifier], book, now: Date.now });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  return {
    store,
    book,
    url: `http://127.0.0.1:${port}/prefix`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => void server.close(() => done()));
      book.close();
      await store.close();
    },
  };
}

async function grow(store: Store, entries: number) {
  const size = await store.log.size();
  const rows = Array.from({ length: entries }, (_, at) => ({
    ...{
      seq: size + at + 1,
      kind: "web" as const,
      target: "x",
      at: 0,
      received: 0,
      text: `entry ${size + at}`,
      hash: `${size + at}`,
    },
  }));
  await store.entries.addKnown(PROBE, rows);
  return freshCheckpoint(store, Date.now());
}
const parts = () => ({ store: scene.store, ask: outward.ask, now: Date.now });
const ask = async (entries: number) => askWitness(parts(), { key, url: scene.url }, await grow(scene.store, entries));
const post = async (body: string) => {
  const answer = await fetch(`${scene.url}/add-checkpoint`, { method: "POST", body });
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
};

describe("a witness", () => {
  test("cosigns heads of a log as it grows, and the collector keeps its lines", async () => {
    expect(await ask(5)).toBe("cosigned");
    expect(await ask(7)).toBe("cosigned");
    const head = await grow(scene.store, 0);
    const [line] = await scene.store.log.cosignatures(12);
    expect(cosignedBy(head.note + (line?.line ?? ""), key)).toMatchObject({ state: "holds" });
    expect(await askWitness(parts(), { key, url: scene.url }, head)).toBe("known");
    expect(await scene.store.log.witnessed(100, 10)).toEqual([12, 5]);
    expect(await scene.store.log.witnessedFrom(6)).toBe(12);
    expect(await scene.store.log.witnessedFrom(13)).toBeNull();
  });

  test("shows the last head that it cosigned, under the hash of the log's name, and its key", async () => {
    await ask(5);
    const { verifier } = await logIdentity(scene.store);
    const shown = await (await fetch(`${scene.url}/${sha256Hex(verifier.name)}/checkpoint`)).text();
    expect(cosignedBy(shown, key).state).toBe("holds");
    expect((await fetch(`${scene.url}/${"0".repeat(64)}/checkpoint`)).status).toBe(404);
    expect(await (await fetch(`${new URL(scene.url).origin}/key`)).text()).toBe(`${verifierText(key)}\n`);
  });

  test("refuses a rewritten history, however well it is signed, and keeps what it has seen", async () => {
    await ask(5);
    const { origin, privateKeyPem: pem } = await logIdentity(scene.store);
    const other = memoryNodes(Array.from({ length: 9 }, (_, at) => leafHash(`other ${at}`)));
    const fork = (size: number) => signCheckpoint({ origin, size, root: treeRoot(size, other), more: [] }, pem);
    // The same size with another root, and a longer log that does not go on from what was seen.
    expect((await post(addCheckpointText({ old: 5, path: [], checkpoint: fork(5) }))).status).toBe(422);
    const path = [leafHash("x"), leafHash("y"), leafHash("z")];
    expect((await post(addCheckpointText({ old: 5, path, checkpoint: fork(9) }))).status).toBe(422);
    // Nor can it be led back to a smaller one.
    expect(await post(addCheckpointText({ old: 3, path: [], checkpoint: fork(3) }))).toMatchObject({
      status: 409,
      text: "5\n",
    });
    expect(await ask(1)).toBe("cosigned");
  });

  test("tells the size that it knows to one who thought another, who then asks from there", async () => {
    await ask(5);
    await scene.store.log.addCosignature({ size: 5, witness: "other", made: 0, line: "" });
    // A collector that lost what it knew of the witness.
    const place = join(folder.path, String(count++));
    const copy = await openStore(place);
    await copy.close();
    const head = await grow(scene.store, 3);
    const forgetful = { ...scene.store.log, cosignedSize: async () => 2, cosignatures: async () => [] };
    expect(await askWitness({ ...parts(), store: { log: forgetful } }, { key, url: scene.url }, head)).toBe("cosigned");
    expect(await post(addCheckpointText({ old: 2, path: [], checkpoint: head.note }))).toEqual({
      status: 409,
      type: "text/x.tlog.size",
      text: "8\n",
    });
  });

  test("is found to be ahead by a collector whose log was put back to an old copy", async () => {
    const old = await grow(scene.store, 5);
    await ask(4);
    const unaware = { ...scene.store.log, cosignedSize: async () => 0, cosignatures: async () => [] };
    expect(await askWitness({ ...parts(), store: { log: unaware } }, { key, url: scene.url }, old)).toBe("ahead");
  });

  test("answers by status as its specification says", async () => {
    const { origin, privateKeyPem: pem } = await logIdentity(scene.store);
    const head = await grow(scene.store, 4);
    const stranger = generateIdentity();
    const sign = (change: object, by = pem) =>
      signCheckpoint({ origin, size: 4, root: leafHash("r"), more: [], ...change }, by);
    expect((await post("nothing")).status).toBe(400);
    expect((await post(addCheckpointText({ old: 9, path: [], checkpoint: head.note }))).status).toBe(400);
    expect(
      (await post(addCheckpointText({ old: 0, path: [], checkpoint: sign({ origin: "other.example" }) }))).status,
    ).toBe(404);
    expect(
      (await post(addCheckpointText({ old: 0, path: [], checkpoint: sign({}, stranger.privateKeyPem) }))).status,
    ).toBe(403);
    expect(
      (await post(addCheckpointText({ old: 0, path: [], checkpoint: head.note.replace(/[A-Z](?=[^\n]*\n$)/, "0") })))
        .status,
    ).toBe(403);
    expect((await post(addCheckpointText({ old: 0, path: [leafHash("x")], checkpoint: head.note }))).status).toBe(422);
    expect((await post(addCheckpointText({ old: 0, path: [], checkpoint: sign({ size: 0 }) }))).status).toBe(422);
    expect((await post(`${"x".repeat(70_000)}`)).status).toBe(413);
    expect((await fetch(`${scene.url}/add-checkpoint`, { method: "PUT" })).status).toBe(405);
    expect((await post(addCheckpointText({ old: 0, path: [], checkpoint: head.note }))).status).toBe(200);
  });

  test("puts its line below the log's own and nobody else's", async () => {
    const { origin } = await logIdentity(scene.store);
    const head = await grow(scene.store, 4);
    const foreign = signCheckpoint(
      { origin: "someone", size: 4, root: leafHash("r"), more: [] },
      generateIdentity().privateKeyPem,
    );
    const line = foreign.slice(foreign.lastIndexOf("\n\n") + 2);
    expect((await post(addCheckpointText({ old: 0, path: [], checkpoint: head.note + line }))).status).toBe(200);
    expect(scene.book.note(origin)).not.toContain("— someone");
  });
});

describe("a collector that asks", () => {
  test("takes no line but that of the witness it asked, and only if it holds for this head", async () => {
    const other = generateIdentity();
    const head = await grow(scene.store, 3);
    const { cosign } = await import("../../../../protocol/cosignature.ts");
    const text = head.note.slice(0, head.note.lastIndexOf("\n\n") + 1);
    for (const body of [
      "nonsense",
      cosign(text, NAME, other.privateKeyPem, 1),
      cosign(text.replace("3", "4"), NAME, privateKeyPem, 1),
    ]) {
      const liar = await listening(() => ({ body }));
      expect(await askWitness(parts(), { key, url: liar.url }, head)).toBe("refused");
      await liar.close();
    }
    expect(await scene.store.log.cosignatures(3)).toEqual([]);
  });

  test("asks each in its turn, goes on past one that is silent, and asks that one again later", async () => {
    let at = 1_000_000;
    let up = false;
    const flaky = await listening((_method, _path, body) => {
      if (!up) return { status: 503, body: "" };
      const given = body.toString("utf8");
      const text = given.slice(given.indexOf("\n\n") + 2, given.lastIndexOf("\n\n") + 1);
      return { body: cosignText(text) };
    });
    const second = generateIdentity();
    const { cosign } = await import("../../../../protocol/cosignature.ts");
    const cosignText = (text: string) => cosign(text, "w2", second.privateKeyPem, 5);
    const policy = readPolicy(
      [
        `witness two ${verifierText(witnessVerifier("w2", second.privateKeyPem))} ${flaky.url}`,
        `witness one ${verifierText(key)} ${scene.url}`,
        "quorum none",
        "",
      ].join("\n"),
    );
    const { look } = createWitnessing({
      ...parts(),
      ...{ policy, keepers: [], log: pino({ level: "silent" }), now: () => at, witnessS: 10, stampS: 10 },
    });
    await grow(scene.store, 2);
    await look();
    expect((await scene.store.log.cosignatures(2)).map(({ witness }) => witness)).toEqual([verifierText(key)]);
    expect(flaky.asked).toHaveLength(1);
    await look();
    expect(flaky.asked).toHaveLength(1);
    up = true;
    at += 60_000;
    await look();
    expect(await scene.store.log.cosignatures(2)).toHaveLength(2);
    await flaky.close();
  });
});

test("a witness that is killed has kept what it has answered for", async () => {
  const place = join(folder.path, "killed");
  const program = `
    const { openBook } = await import(${JSON.stringify(new URL("../../../../dist/collector/evidence/witness/book.js", import.meta.url).href)});
    const book = await openBook(${JSON.stringify(place)});
    for (let size = 1; ; size++) {
      book.judge("log", () => ({ status: 200, type: "", body: "", seen: { origin: "log", size, root: new Uint8Array(32), note: String(size) } }));
      process.stdout.write(size + "\\n");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  await new Promise<void>((done) => {
    child.stdout.on("data", (part: Buffer) => {
      told += part.toString("utf8");
      if (told.split("\n").length > 20) done();
    });
  });
  child.kill("SIGKILL");
  await new Promise((done) => child.on("exit", done));
  const answered = Number(told.trimEnd().split("\n").at(-2));
  const book = await openBook(place);
  expect(Number(book.note("log"))).toBeGreaterThanOrEqual(answered);
  book.close();
});
