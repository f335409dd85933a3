import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packZip } from "../../../collector/evidence/zip.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { runVerify } from "../../../collector/verify/verify-command.ts";
import { hexOf } from "../../../protocol/bytes.ts";
import { signCheckpoint } from "../../../protocol/checkpoint.ts";
import { leafHash } from "../../../protocol/merkle.ts";
import { tlogProofText } from "../../../protocol/tlog-proof.ts";
import { makeScene, type Scene } from "../evidence/scene.ts";

let scene: Scene;
/** Heads of the log at several sizes, signed by it, and its proof between two of them. */
let heads: Map<number, string>;
let text = "";
const place = (name: string) => join(scene.folder, name);
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(place(name), content);
  return place(name);
};

beforeAll(async () => {
  scene = await makeScene({ witnessed: true });
  const store = await openStore(place("collector"));
  const { origin, privateKeyPem } = scene.identity;
  const size = await store.log.size();
  heads = new Map();
  for (const one of [9, 20, size])
    heads.set(one, signCheckpoint({ origin, size: one, root: await store.log.root(one), more: [] }, privateKeyPem));
  const growth = async (from: number, to: number) => {
    const path = (await store.log.consistency(from, to)).map(hexOf);
    put(`growth-${from}-${to}.json`, JSON.stringify({ from, to, path, fromRoot: "", toRoot: "" }));
  };
  await growth(9, 20);
  await growth(20, size);
  const entry = await store.entries.inOrder({ received: 0, probe: "", seq: 0 }, 1);
  const leaf = entry[0] === undefined ? null : await store.log.leafOf(entry[0].probe, entry[0].seq);
  text = entry[0]?.text ?? "";
  put("entry", `${text}\n`);
  const path = await store.log.inclusion(leaf?.leaf ?? 0, size);
  put("one.tlog-proof", tlogProofText({ index: leaf?.leaf ?? 0, path, checkpoint: heads.get(size) ?? "" }));
  await store.close();
  put("bundle.zip", packZip(await scene.bundle("--originals")));
  put("policy", scene.others?.policy ?? "");
}, 180_000);
afterAll(() => scene.remove());

async function verify(...words: string[]) {
  const said: string[] = [];
  const io = {
    out: (some: string) => void said.push(some),
    err: () => undefined,
    ask: async () => null,
    env: {},
    signal: new AbortController().signal,
  };
  const code = await runVerify([...words, "--json"], io);
  const { findings } = JSON.parse(said.join("")) as { findings: { check: string; state: string; about: string[] }[] };
  return {
    code,
    stateOf: (name: string) => findings.find(({ check }) => check === name)?.state,
    aboutOf: (name: string) => findings.find(({ check }) => check === name)?.about,
  };
}
const forged = (size: number) =>
  signCheckpoint(
    { origin: scene.identity.origin, size, root: leafHash("another history"), more: [] },
    scene.identity.privateKeyPem,
  );

describe("a head of the log, held against one that was kept", () => {
  test("belongs to the same log when the log's own proof says so", async () => {
    const [old, late] = [put("old", heads.get(9) ?? ""), put("late", heads.get(20) ?? "")];
    const found = await verify(late, "--key", scene.key, "--checkpoint", old, "--growth", place("growth-9-20.json"));
    expect(found.code).toBe(0);
    expect(found.stateOf("keptHead")).toBe("holds");
    // Also where the reader kept the newer one.
    const back = await verify(old, "--key", scene.key, "--checkpoint", late, "--growth", place("growth-9-20.json"));
    expect(back.stateOf("keptHead")).toBe("holds");
  });

  test("without a proof between just these sizes cannot be judged", async () => {
    const [old, late] = [put("old", heads.get(9) ?? ""), put("late", heads.get(20) ?? "")];
    const found = await verify(late, "--key", scene.key, "--checkpoint", old);
    expect(found).toMatchObject({ code: 0 });
    expect(found.stateOf("keptHead")).toBe("unjudged");
    expect(found.aboutOf("keptHead")).toEqual(["9 / 20"]);
  });

  test("of a rewritten log is found out: another root of one size, or a proof that does not hold", async () => {
    const kept = put("kept", forged(20));
    const same = await verify(put("late", heads.get(20) ?? ""), "--key", scene.key, "--checkpoint", kept);
    expect(same.code).toBe(65);
    expect(same.stateOf("keptHead")).toBe("fails");
    const old = await verify(
      put("late", heads.get(20) ?? ""),
      "--key",
      scene.key,
      "--checkpoint",
      put("old", forged(9)),
      "--growth",
      place("growth-9-20.json"),
    );
    expect(old.code).toBe(65);
    expect(old.stateOf("keptHead")).toBe("fails");
  });

  test("signed by another key is none of this log", async () => {
    const found = await verify(
      put("foreign", heads.get(20) ?? ""),
      "--key",
      scene.key.replace(/^[^+]+/, "other.example"),
      "--json",
    ).catch((error: unknown) => error);
    expect(found).toMatchObject({ code: "bad_input" });
  });
});

describe("a bundle, held against a head that was kept", () => {
  test("older than it, at a size of which the bundle has no proof, is judged by the log's own proof", async () => {
    const old = put("old", heads.get(20) ?? "");
    const [size = 0] = [...heads.keys()].slice(-1);
    const blind = await verify(place("bundle.zip"), "--key", scene.key, "--checkpoint", old, "--no-replay");
    expect(blind.stateOf("keptHead")).toBe("unjudged");
    const found = await verify(
      place("bundle.zip"),
      "--key",
      scene.key,
      "--checkpoint",
      old,
      "--growth",
      place(`growth-20-${size}.json`),
      "--no-replay",
    );
    expect(found.stateOf("keptHead")).toBe("holds");
    const fork = await verify(
      place("bundle.zip"),
      "--key",
      scene.key,
      "--checkpoint",
      put("old", forged(20)),
      "--growth",
      place(`growth-20-${size}.json`),
      "--no-replay",
    );
    expect(fork.stateOf("keptHead")).toBe("fails");
  });

  test("with witnesses and roots that the reader trusts, tells when others saw the log", async () => {
    const found = await verify(
      place("bundle.zip"),
      "--key",
      scene.key,
      "--witnesses",
      place("policy"),
      "--tsa-ca",
      scene.others?.caFile ?? "",
      "--no-replay",
    );
    expect(found.code).toBe(0);
    expect(found.stateOf("witnesses")).toBe("holds");
    expect(found.aboutOf("witnesses")?.[0]).toMatch(/^w1: \d+, 2023-11-14T22:13:20.000Z$/);
    expect(found.stateOf("stamp")).toBe("holds");
    expect(found.aboutOf("stamp")).toEqual([
      expect.any(String),
      "CN=Test keeper of time",
      expect.stringMatching(/^(\d+) \/ \1$/),
    ]);
    expect(found.stateOf("calendar")).toBe("unjudged");
  });

  test("with a policy that asks for more than there is, fails; without one it cannot be judged", async () => {
    const other = put("other-policy", (scene.others?.policy ?? "").replace("quorum w1", `group g all w1\nquorum g`));
    expect(
      (await verify(place("bundle.zip"), "--key", scene.key, "--witnesses", other, "--no-replay")).stateOf("witnesses"),
    ).toBe("holds");
    const unseen = await makeScene();
    const zip = put("unseen.zip", packZip(await unseen.bundle()));
    const found = await verify(zip, "--key", unseen.key, "--witnesses", place("policy"));
    expect(found.code).toBe(65);
    expect(found.stateOf("witnesses")).toBe("fails");
    expect((await verify(zip, "--key", unseen.key)).stateOf("witnesses")).toBe("unjudged");
    unseen.remove();
  });
});

describe("a proof for one entry", () => {
  test("holds for that entry and no other", async () => {
    const found = await verify(place("one.tlog-proof"), "--key", scene.key, "--record", place("entry"));
    expect(found.code).toBe(0);
    expect(found.stateOf("inclusion")).toBe("holds");
    const other = await verify(
      place("one.tlog-proof"),
      "--key",
      scene.key,
      "--record",
      put("other", text.replace("1", "2")),
    );
    expect(other.code).toBe(65);
    expect(other.stateOf("inclusion")).toBe("fails");
    expect((await verify(place("one.tlog-proof"), "--key", scene.key)).stateOf("inclusion")).toBe("unjudged");
    expect((await verify(place("one.tlog-proof"))).stateOf("head")).toBe("unjudged");
  });
});
