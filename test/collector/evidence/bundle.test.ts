import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Facts } from "../../../collector/evidence/facts.ts";
import { packZip, unpackZip } from "../../../collector/evidence/zip.ts";
import { run } from "../exchange/run.ts";
import { makeScene, type Scene } from "./scene.ts";

let scene: Scene;
let files: Map<string, Buffer>;
beforeAll(async () => {
  scene = await makeScene();
  files = await scene.bundle();
}, 60_000);
afterAll(() => scene.remove());

const textOf = (path: string, of = files) => of.get(path)?.toString("utf8") ?? "";
const linesOf = (path: string, of = files) =>
  gunzipSync(of.get(path) ?? Buffer.alloc(0))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");

describe("a bundle", () => {
  test("of the same store and moment is the same bytes", async () => {
    expect(packZip(await scene.bundle())).toEqual(packZip(files));
  });

  test("is checked by common tools as its VERIFY texts say", async () => {
    const folder = join(scene.folder, "unpacked");
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const shell = (command: string) => execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
    const commands = textOf("VERIFY.en.txt").match(/^ {3}(?:sha256sum|openssl) .*$/gm) ?? [];
    expect(commands).toHaveLength(3);
    for (const language of ["kk", "ru"])
      for (const command of commands) expect(textOf(`VERIFY.${language}.txt`)).toContain(command);
    const told = commands.map((command) => shell(command));
    expect(told[0]).not.toContain("FAILED");
    expect(told[1]).toMatch(/data\/incident\.json: OK/);
    expect(told[2]).toMatch(/Signature Verified Successfully/);
  });

  test("has every file that its layout names", () => {
    const wanted = [
      ...["kk", "ru", "en"].flatMap((language) => [`data/report.${language}.html`, `data/report.${language}.pdf`]),
      ...["incident.json", "timeline.csv", "cells.csv", "measurements.ndjson.gz", "controls.ndjson.gz"].map(
        (name) => `data/${name}`,
      ),
      ...["verdicts.ndjson", "excluded.ndjson", "left-out.md"].map((name) => `data/${name}`),
      ...["events.csv", "reports.json", "legal.json", "statements.json", "thirdparty/index.json"].map(
        (name) => `data/context/${name}`,
      ),
      ...["methodology.md", "limitations.md", "software.json", "custody.ndjson", "errata.md"].map(
        (name) => `data/${name}`,
      ),
      ...["CITATION.cff", "citation.bib", "datacite.json", "VERIFY.kk.txt", "VERIFY.ru.txt", "VERIFY.en.txt"],
      ...["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.note"],
      ...["manifest.sig", "keys/log.vkey", "keys/log.pem", "checkpoint.txt", "log-proof.json"],
    ];
    expect([...files.keys()].sort()).toEqual(wanted.sort());
  });

  test("for the public holds neither ids nor chains, clocks and resolvers of probes", () => {
    const all = [...files].map(([path, bytes]) =>
      (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1"),
    );
    const ids = scene.lines.flatMap((line) => /"id":"([0-9a-f]{32})"/.exec(line)?.[1] ?? []);
    expect(ids.length).toBeGreaterThan(4);
    for (const text of all) {
      for (const id of ids) expect(text).not.toContain(id);
      expect(text).not.toMatch(/"(?:prev|boot|mono|clock|publicKey|signature)":/);
    }
    expect(textOf("data/left-out.md")).toContain("Signed texts");
    expect([...files.keys()]).not.toContain("data/context.ndjson.gz");
  });

  test("with originals holds every signed entry and the keys, and judging them again gives the same incident", async () => {
    const originals = await scene.bundle("--originals");
    const entries = scene.lines.filter((line) => line.includes('"type":"entry"'));
    const enclosed = [
      ...linesOf("data/measurements.ndjson.gz", originals),
      ...linesOf("data/controls.ndjson.gz", originals),
    ];
    expect([...enclosed].sort()).toEqual([...entries].sort());
    const facts = Facts.parse(JSON.parse(textOf("data/incident.json", originals)));
    expect(facts.replay?.same).toBe(true);
    expect(facts.counts.entries.witnesses + facts.counts.entries.controls).toBe(entries.length);
  });

  test("of an incident that is none is refused in words", async () => {
    await expect(run("bundle", "no-such", "--data", join(scene.folder, "collector"))).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringContaining("no-such"),
    });
  });
});

describe("a zip", () => {
  test("is read by unzip, and comes back whole", () => {
    const zip = packZip(files);
    const file = join(scene.folder, "bundle.zip");
    writeFileSync(file, zip);
    expect(execFileSync("unzip", ["-tq", file], { encoding: "utf8" })).toContain("No errors");
    expect([...unpackZip(zip)].sort()).toEqual([...files].sort());
  });
  test("that leads out of its folder, is cut, or has bytes behind its end is refused", () => {
    const zip = packZip(files);
    expect(() => unpackZip(packZip(new Map([["../out", Buffer.from("x")]])))).toThrow(/path/);
    expect(() => unpackZip(zip.subarray(0, zip.length - 1))).toThrow(/damaged/);
    expect(() => unpackZip(Buffer.concat([zip, Buffer.from("x")]))).toThrow(/after its end/);
    expect(() => unpackZip(Buffer.alloc(100))).toThrow(/directory/);
  });
});
