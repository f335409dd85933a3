import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packZip } from "../../../collector/evidence/zip.ts";
import { runVerify } from "../../../collector/verify/verify-command.ts";
import { makeScene, type Scene } from "../evidence/scene.ts";

const KUAGER = fileURLToPath(new URL("../../../dist/bin/kuager.js", import.meta.url));

let scene: Scene;
let files: Map<string, Buffer>;
const place = (name: string) => join(scene.folder, name);

beforeAll(async () => {
  scene = await makeScene();
  files = await scene.bundle("--originals");
  writeFileSync(place("bundle.zip"), packZip(files));
  writeFileSync(place("bad.zip"), packZip(new Map([...files].filter(([path]) => path !== "data/errata.md"))));
  writeFileSync(place("log.vkey"), `${scene.key}\n`);
  writeFileSync(place("head.txt"), scene.head);
  writeFileSync(place("archive.ndjson.gz"), gzipSync(scene.lines.join("\n")));
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(place("folder"), path)), { recursive: true });
    writeFileSync(join(place("folder"), path), bytes);
  }
}, 180_000);
afterAll(() => scene.remove());

async function verify(...words: string[]) {
  let out = "";
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: () => undefined,
    ask: async () => null,
    env: {},
    signal: new AbortController().signal,
  };
  return { code: await runVerify(words, io), out: () => out };
}

test("a whole bundle ends with 0, as a zip and as a folder, with the key as text and as a file", async () => {
  for (const words of [
    [place("bundle.zip"), "--key", scene.key, "--checkpoint", place("head.txt")],
    [place("folder"), "--key", place("log.vkey")],
  ]) {
    const { code, out } = await verify(...words);
    expect(out()).toContain("Nothing that could be checked is wrong.");
    expect(code).toBe(0);
  }
});

test("a changed bundle ends with 65 and names what is wrong, in every language", async () => {
  const told = await Promise.all(["kk", "ru", "en"].map((lang) => verify(place("bad.zip"), "--lang", lang)));
  expect(told.map(({ code }) => code)).toEqual([65, 65, 65]);
  for (const { out } of told) expect(out()).toContain("data/errata.md");
  expect(told[0]?.out()).toContain("ДҰРЫС ЕМЕС");
  expect(told[1]?.out()).toContain("НЕВЕРНО");
  expect(told[2]?.out()).toContain("FAILS");
});

test("--json gives every finding to programs", async () => {
  const { code, out } = await verify(place("bad.zip"), "--json");
  expect(code).toBe(65);
  const { ok, findings } = JSON.parse(out());
  expect(ok).toBe(false);
  expect(findings).toContainEqual({ check: "files", state: "fails", about: ["data/errata.md"] });
});

test("the program judges again in a thread of its own, and finds what is found without one", async () => {
  const path = "data/verdicts.ndjson";
  const told = files.get(path)?.toString("utf8") ?? "";
  const changed = told.replace(/"code":"(\w+)"/, (_, code) => `"code":"${code === "ok" ? "offline" : "ok"}"`);
  // A folder: for a zip as small as this no thread is begun.
  cpSync(place("folder"), place("verdict"), { recursive: true });
  writeFileSync(join(place("verdict"), path), changed);
  const records = "data/measurements.ndjson.gz";
  const lines = gunzipSync(files.get(records) ?? "")
    .toString("utf8")
    .split("\n");
  const edited = lines.with(3, (lines[3] ?? "").replace('"status":200', '"status":403')).with(5, "no line");
  cpSync(place("folder"), place("record"), { recursive: true });
  // A byte that is no UTF-8, in a line that is one all the same.
  const bytes = Buffer.from(
    edited.with(7, (lines[7] ?? "").replace('"title":"', '"title":"\u00ff')).join("\n"),
    "latin1",
  );
  writeFileSync(join(place("record"), records), gzipSync(bytes));
  cpSync(place("folder"), place("cut"), { recursive: true });
  writeFileSync(join(place("cut"), records), files.get(records)?.subarray(0, 2000) ?? "");
  for (const name of ["folder", "verdict", "record", "cut"]) {
    const { stdout, status } = spawnSync(process.execPath, [KUAGER, "verify", place(name), "--json"], {
      encoding: "utf8",
    });
    const { code, out } = await verify(place(name), "--json");
    expect(status, name).toBe(code);
    expect(JSON.parse(stdout), name).toEqual(JSON.parse(out()));
    const { findings } = JSON.parse(out()) as { findings: { check: string; state: string }[] };
    const found = findings.find(({ check }) => check === (["record", "cut"].includes(name) ? "inclusion" : "verdicts"));
    expect(found?.state, name).toBe(name === "folder" ? "holds" : "fails");
  }
});

test("an archive is checked line by line, and a changed one ends with 65", async () => {
  expect((await verify(place("archive.ndjson.gz"))).code).toBe(0);
  const at = scene.lines.findIndex((line) => line.includes('"kind":"web"'));
  const changed = scene.lines.with(at, (scene.lines[at] ?? "").replace('"kind":"web"', '"kind":"wob"'));
  writeFileSync(place("changed.ndjson"), changed.join("\n"));
  const { code, out } = await verify(place("changed.ndjson"));
  expect(code).toBe(65);
  expect(out()).toMatch(/FAILS: Records are not signed/);
  const removed = scene.lines.toSpliced(at, 1);
  writeFileSync(place("removed.ndjson"), removed.join("\n"));
  expect((await verify(place("removed.ndjson"))).code).toBe(65);
});

test("what is no evidence at all ends with 65 and a reason, never with a fault", async () => {
  writeFileSync(place("cut.zip"), packZip(files).subarray(0, 5000));
  writeFileSync(place("text"), "hello\n");
  writeFileSync(place("empty"), "");
  mkdirSync(place("nothing"));
  mkdirSync(place("linked"));
  symlinkSync("/etc/passwd", join(place("linked"), "bagit.txt"));
  for (const name of ["cut.zip", "text", "empty", "nothing", "linked"]) {
    const { code, out } = await verify(place(name));
    expect(code, name).toBe(65);
    expect(out(), name).toContain("FAILS");
  }
});

test("what is wrong with a zip is told in the language asked for, and to programs as before", async () => {
  const whole = packZip(files);
  writeFileSync(place("end.zip"), Buffer.concat([whole, Buffer.from("more")]));
  writeFileSync(place("path.zip"), packZip(new Map([["../$&.txt", new Uint8Array()]])));
  const told = async (name: string, ...words: string[]) => (await verify(place(name), ...words)).out();
  expect(await told("end.zip", "--lang", "ru")).toContain(
    "    Zip повреждён или необычен: после его конца стоят лишние байты.\n",
  );
  expect(await told("end.zip", "--lang", "kk")).toContain(
    "    Zip бүлінген немесе әдеттегідей емес: соңынан кейін артық байттар тұр.\n",
  );
  expect(await told("end.zip", "--lang", "en")).toContain(
    "    The zip is damaged or unusual: bytes stand after its end.\n",
  );
  expect(await told("path.zip", "--lang", "ru")).toContain(
    "Zip повреждён или необычен: в нём есть путь '../$&.txt'.\n",
  );
  expect(JSON.parse(await told("end.zip", "--json")).findings).toEqual([
    { check: "form", state: "fails", about: ["The zip is damaged or unusual: bytes stand after its end."] },
  ]);
});

test("a file that is not there and a key that is none are told as such", async () => {
  await expect(verify(place("nowhere.zip"))).rejects.toMatchObject({ code: "bad_input" });
  await expect(verify(place("bundle.zip"), "--key", "no-key")).rejects.toMatchObject({
    code: "bad_input",
    message: expect.stringContaining("name+hash+key"),
  });
  await expect(verify(place("bundle.zip"), "--lang", "fr")).rejects.toMatchObject({ code: "usage" });
  expect(existsSync(place("nowhere.zip"))).toBe(false);
});

test("writes the verifier to a new file only: what is there is never written over", async () => {
  const before = readFileSync(place("bundle.zip"));
  await expect(verify("--page", place("bundle.zip"))).rejects.toMatchObject({ code: "cannot_write" });
  expect(readFileSync(place("bundle.zip")).equals(before)).toBe(true);
  expect((await verify("--page", place("verifier.html"))).code).toBe(0);
  expect(readFileSync(place("verifier.html"), "utf8")).toMatch(/^<!doctype html>/i);
});
