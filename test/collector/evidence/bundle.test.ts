import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Facts } from "../../../collector/evidence/facts.ts";
import { packZip } from "../../../collector/evidence/zip.ts";
import { run } from "../exchange/run.ts";
import { makeScene, type Scene } from "./scene.ts";

let scene: Scene;
let files: Map<string, Buffer>;
beforeAll(async () => {
  scene = await makeScene();
  files = await scene.bundle();
}, 180_000);
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

  test("is checked by common tools as its VERIFY texts say, and by nothing else", async () => {
    const witnessed = await makeScene({ witnessed: true });
    const bundle = await witnessed.bundle();
    const folder = join(witnessed.folder, "unpacked");
    for (const [path, bytes] of bundle) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    writeFileSync(join(folder, "tsa.pem"), witnessed.others?.caText ?? "");
    const shell = (command: string) => {
      const { stdout, stderr, status } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
      return { said: stdout + stderr, status };
    };
    const commands = textOf("VERIFY.en.txt", bundle).match(/^ {3}(?:sha256sum|openssl) .*$/gm) ?? [];
    expect(commands).toHaveLength(4);
    for (const language of ["kk", "ru"])
      expect(textOf(`VERIFY.${language}.txt`, bundle).match(/^ {3}(?:sha256sum|openssl) .*$/gm)).toEqual(commands);
    const told = commands.map((command) => shell(command));
    expect(told.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    expect(told[0]?.said).not.toContain("FAILED");
    expect(told[1]?.said).toMatch(/data\/incident\.json: OK/);
    expect(told[2]?.said).toMatch(/Signature Verified Successfully/);
    expect(told[3]?.said).toMatch(/Verification: OK/);
    // And a changed file is seen by the same commands.
    writeFileSync(join(folder, "data/errata.md"), "changed");
    writeFileSync(join(folder, "timestamp.txt"), "changed");
    expect(commands.map((command) => shell(command).status === 0)).toEqual([false, false, true, false]);
    witnessed.remove();
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
