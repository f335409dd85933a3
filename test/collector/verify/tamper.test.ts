import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import type { WritePdf } from "../../../collector/evidence/derived-files.ts";
import { reportPdf } from "../../../collector/evidence/report/pdf.ts";
import { readOts } from "../../../collector/evidence/stamp/ots.ts";
import { checkStamp } from "../../../collector/evidence/stamp/rfc3161.ts";
import { packZip, unpackZip } from "../../../collector/evidence/zip.ts";
import { CHECKS, type Finding } from "../../../collector/verify/finding.ts";
import { type VerifyOptions, verifyBundle } from "../../../collector/verify/verify-bundle.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { leafHash } from "../../../protocol/merkle.ts";
import { publicKeyOf } from "../../../protocol/signature.ts";
import { readPolicy } from "../../../protocol/witness-policy.ts";
import { buffers, makeScene, type Scene } from "../evidence/scene.ts";
import { type Bundle, type Loose, lines, MEASURED, put, putLines, resigned, signedHead } from "./edits.ts";
import { CLAIMS_KINDS } from "./kinds-claims.ts";
import { LOG_KINDS } from "./kinds-log.ts";
import { OUTSIDE_KINDS } from "./kinds-outside.ts";
import { RECORDS_KINDS } from "./kinds-records.ts";
import { REPORTS_KINDS } from "./kinds-reports.ts";
import { WITNESS_KINDS } from "./kinds-witnesses.ts";
import { strangerOf } from "./stranger.ts";

let scene: Scene;
let originals: Bundle;
let open: Bundle;
const catalogue = loadCatalogue();
let roots: X509Certificate[];
const stranger = strangerOf("log.example/kz");

beforeAll(async () => {
  scene = await makeScene({ witnessed: true });
  roots = [new X509Certificate(scene.others?.caText ?? "")];
  originals = await scene.bundle("--originals");
  open = await scene.bundle();
}, 180_000);
afterAll(() => scene.remove());

/** Most changes leave incident.json as it is: its PDFs need not be made again for each. */
const written = new Map<string, Promise<Uint8Array>>();
const writePdf: WritePdf = (facts, language) => {
  const key = `${language} ${sha256Hex(canonicalJson(facts))}`;
  const known = written.get(key) ?? reportPdf(facts, language);
  written.set(key, known);
  return known;
};

const check = (files: Bundle, more: Partial<VerifyOptions> = {}) =>
  verifyBundle(files, {
    key: scene.identity.verifier,
    kept: scene.head,
    growth: null,
    policy: readPolicy(scene.others?.policy ?? "quorum none\n"),
    stamps: { rfc3161: (stamped, answer) => checkStamp(stamped, answer, roots), ots: readOts },
    replay: true,
    catalogue,
    writePdf,
    ...more,
  });
const failed = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state === "fails").map(({ check: name }) => name);

test("an untouched bundle passes every check, as a zip too, and nothing is left unjudged that could be judged", async () => {
  const findings = await check(buffers(unpackZip(packZip(originals))));
  expect(failed(findings)).toEqual([]);
  // A promise of a calendar is settled by Bitcoin's blocks, which nobody encloses.
  expect(findings.filter(({ state }) => state === "unjudged").map(({ check: name }) => name)).toEqual(["calendar"]);
  expect(findings.map(({ check: name }) => name).sort()).toEqual([...CHECKS].sort());
});

test("an untouched bundle for the public passes; what it cannot show is said to be unjudged", async () => {
  const findings = await check(open, { key: null, kept: null, policy: null, stamps: null });
  expect(failed(findings)).toEqual([]);
  expect(findings.filter(({ state }) => state === "unjudged").map(({ check: name }) => name)).toEqual([
    ...["key", "keptHead", "witnesses", "stamp", "calendar", "entries", "replay", "verdicts"],
  ]);
});

test("an untouched bundle made again under its key passes, so that what fails below is the change", async () => {
  expect(failed(await check(resigned(originals, scene.identity)))).toEqual([]);
  expect(failed(await check(resigned(open, scene.identity)))).toEqual([]);
});

test("a flipped bit in any file is caught, wherever it stands", async () => {
  for (const [path, bytes] of originals)
    for (const at of bytes.length === 0 ? [] : [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const findings = await check(put(originals, path, changed), { replay: false });
      expect(failed(findings), `${path} byte ${at}`).not.toEqual([]);
      const named = findings.filter(({ state }) => state === "fails").flatMap(({ about }) => about);
      expect(named.length, `${path} byte ${at} is named`).toBeGreaterThan(0);
    }
}, 400_000);

describe("a change without the key is caught by", () => {
  test.each(OUTSIDE_KINDS)("%s: %s", async (_, name, change) => {
    expect(failed(await check(change(originals, scene), { replay: false }))).toContain(name);
  });
});

const INSIDE_KINDS = [...CLAIMS_KINDS, ...REPORTS_KINDS, ...RECORDS_KINDS, ...LOG_KINDS, ...WITNESS_KINDS];

test("many more than forty kinds of change are tried, each under a name of its own, and every check is needed", () => {
  const all = [...OUTSIDE_KINDS, ...INSIDE_KINDS];
  expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(100);
  expect([...new Set(all.map(([, check]) => check))].sort()).toEqual([...CHECKS].sort());
});

describe("a change by somebody who has the log's key, and signs everything anew, is caught by", () => {
  test.each(INSIDE_KINDS)("%s: %s", async (_, name, change) => {
    const changed = change(originals, scene);
    const differs = [...changed].some(([path, bytes]) => originals.get(path)?.equals(bytes) !== true);
    expect(differs || changed.size !== originals.size).toBe(true);
    const findings = await check(resigned(changed, scene.identity));
    expect(failed(findings)).toContain(name);
    expect(failed(findings).filter((one) => ["form", "files", "tagFiles", "signature", "key"].includes(one))).toEqual(
      [],
    );
  });

  test("checks without judging again, which a reader may leave out, but for three kinds", async () => {
    const unseen: string[] = [];
    for (const [kind, , change] of INSIDE_KINDS) {
      const findings = await check(resigned(change(originals, scene), scene.identity), { replay: false });
      if (failed(findings).length === 0) unseen.push(kind);
    }
    expect(unseen).toEqual(["a verdict's reasons edited", "times of receipt edited", "presences removed"]);
  }, 400_000);

  test("a published record given another place, or another leaf", async () => {
    const list = lines(open, MEASURED);
    const edit = (change: (row: Loose) => Loose) => {
      // A line of our own making; what it is made into must differ, wherever chance put the record.
      const row = JSON.parse(list[0] ?? "") as Loose;
      return resigned(
        putLines(open, MEASURED, list.with(0, canonicalJson({ ...row, ...change(row) }))),
        scene.identity,
      );
    };
    const elsewhere = await check(edit(({ leaf }) => ({ leaf: Number(leaf) + 1 })));
    expect(failed(elsewhere)).toContain("places");
    expect(failed(await check(edit(({ leaf }) => ({ leafHash: sha256Hex(String(leaf)) }))))).toContain("inclusion");
    const named = elsewhere.flatMap(({ check: name, about }) => (name === "places" ? about : []));
    expect(named).toEqual([(JSON.parse(list[0] ?? "") as Loose).record]);
  });
});

test("without the key a bundle wholly made by a stranger is told to be of an unknown key, not to be right", async () => {
  const findings = await check(resigned(originals, stranger), { key: null });
  expect(findings.find(({ check: name }) => name === "key")).toMatchObject({
    state: "unjudged",
    about: [expect.stringContaining(stranger.origin)],
  });
  expect(publicKeyOf(stranger.privateKeyPem)).not.toBe(publicKeyOf(scene.identity.privateKeyPem));
});

test("an old head that others kept is found to be the beginning of the log, and a forged one is not", async () => {
  expect(failed(await check(originals, { kept: scene.early }))).toEqual([]);
  expect(
    failed(await check(originals, { kept: signedHead(originals, scene, { size: 7, root: leafHash("x") }) })),
  ).toEqual(["keptHead"]);
  const other = await check(originals, { kept: signedHead(originals, scene, { size: 8 }) });
  expect(other.find(({ check: name }) => name === "keptHead")?.state).toBe("unjudged");
});
