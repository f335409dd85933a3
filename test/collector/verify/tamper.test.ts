import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../collector/catalogue.ts";
import { BAG, makeBag, UNLISTED } from "../../../collector/evidence/bag.ts";
import type { LogIdentity } from "../../../collector/evidence/log-identity.ts";
import { packZip, unpackZip } from "../../../collector/evidence/zip.ts";
import type { CheckName, Finding } from "../../../collector/verify/finding.ts";
import { type VerifyOptions, verifyBundle } from "../../../collector/verify/verify-bundle.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { readCheckpoint, signCheckpoint } from "../../../protocol/checkpoint.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { leafHash } from "../../../protocol/merkle.ts";
import { noteVerifier } from "../../../protocol/note.ts";
import { generateIdentity, publicKeyOf, signText } from "../../../protocol/signature.ts";
import { makeScene, type Scene } from "../evidence/scene.ts";

type Bundle = Map<string, Buffer>;
type Loose = Record<string, unknown>;

let scene: Scene;
let originals: Bundle;
let open: Bundle;
const catalogue = loadCatalogue();
const stranger = strangerOf("log.example/kz");

beforeAll(async () => {
  scene = await makeScene();
  originals = await scene.bundle("--originals");
  open = await scene.bundle();
}, 60_000);
afterAll(() => scene.remove());

function strangerOf(origin: string): LogIdentity {
  const { privateKeyPem, publicKey } = generateIdentity();
  return { origin, privateKeyPem, verifier: noteVerifier(origin, publicKey) };
}

const check = (files: Bundle, more: Partial<VerifyOptions> = {}) =>
  verifyBundle(files, { key: scene.identity.verifier, kept: scene.head, replay: true, catalogue, ...more });
const failed = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state === "fails").map(({ check: name }) => name);

const text = (files: Bundle, path: string) => files.get(path)?.toString("utf8") ?? "";
const put = (files: Bundle, path: string, content: string | Buffer) =>
  new Map(files).set(path, Buffer.isBuffer(content) ? content : Buffer.from(content, "utf8"));
const without = (files: Bundle, path: string) => new Map([...files].filter(([name]) => name !== path));
const lines = (files: Bundle, path: string) =>
  gunzipSync(files.get(path) ?? Buffer.alloc(0))
    .toString("utf8")
    .trimEnd()
    .split("\n");
const putLines = (files: Bundle, path: string, list: readonly string[]) =>
  put(files, path, gzipSync(list.map((line) => `${line}\n`).join(""), { level: 9 }));
const editJson = (files: Bundle, path: string, edit: (value: Loose) => void) => {
  // Files of our own making, whose form the test knows.
  const value = JSON.parse(text(files, path)) as Loose;
  edit(value);
  return put(files, path, `${canonicalJson(value)}\n`);
};
const part = (value: Loose, name: string) => value[name] as Loose;
const MEASURED = "data/measurements.ndjson.gz";
const CONTROLS = "data/controls.ndjson.gz";
const CONTEXT = "data/context.ndjson.gz";

/** What somebody with a key can do after a change: both manifests and the signature made anew. */
function resigned(files: Bundle, identity: LogIdentity = scene.identity): Bundle {
  const made: ReadonlySet<string> = new Set(Object.values(BAG));
  const data = new Map(
    [...files].flatMap(([path, bytes]) => (path.startsWith("data/") ? [[path.slice(5), bytes]] : [])),
  );
  const tags = new Map(
    [...files].filter(([path]) => !path.startsWith("data/") && !made.has(path) && !UNLISTED.has(path)),
  );
  const info = Object.fromEntries(
    text(files, BAG.info)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(": "))
      .filter(([name]) => name !== "Payload-Oxum"),
  );
  return new Map(makeBag({ data, tags, info }, identity));
}

/** A measurement's line with an entry changed; its hash, and so chain and signature, are then others. */
const changeEntry = (files: Bundle, edit: (entry: Loose, line: Loose) => void, path = MEASURED) => {
  const list = lines(files, path);
  const at = list.findIndex((line) => line.includes('"kind":"web"'));
  const line = JSON.parse(list[at] ?? "{}") as Loose;
  edit(part(line, "entry"), line);
  return putLines(files, path, list.with(at, canonicalJson(line)));
};

test("an untouched bundle passes every check, as a zip too, and nothing is left unjudged that could be judged", async () => {
  const findings = await check(new Map(unpackZip(packZip(originals))));
  expect(failed(findings)).toEqual([]);
  expect(findings.filter(({ state }) => state === "unjudged")).toEqual([]);
  expect(findings).toHaveLength(16);
});

test("an untouched bundle for the public passes; what it cannot show is said to be unjudged", async () => {
  const findings = await check(open, { key: null, kept: null });
  expect(failed(findings)).toEqual([]);
  expect(findings.filter(({ state }) => state === "unjudged").map(({ check: name }) => name)).toEqual([
    ...["key", "keptHead", "entries", "replay", "verdicts"],
  ]);
});

test("an untouched bundle made again under its key passes, so that what fails below is the change", async () => {
  expect(failed(await check(resigned(originals)))).toEqual([]);
  expect(failed(await check(resigned(open)))).toEqual([]);
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
}, 120_000);

describe("a change without the key is caught by", () => {
  const KINDS: readonly [string, CheckName, (files: Bundle) => Bundle][] = [
    ["a data file removed", "files", (files) => without(files, "data/excluded.ndjson")],
    ["a data file added", "files", (files) => put(files, "data/more.txt", "x")],
    [
      "a data file removed from the manifest too",
      "tagFiles",
      (files) =>
        put(without(files, "data/errata.md"), BAG.manifest, text(files, BAG.manifest).replace(/.*errata.*\n/, "")),
    ],
    ["a file beside the data removed", "tagFiles", (files) => without(files, "VERIFY.ru.txt")],
    ["a file beside the data added", "tagFiles", (files) => put(files, "READ-ME-FIRST.txt", "x")],
    [
      "a file renamed",
      "files",
      (files) => put(without(files, "data/limitations.md"), "data/limits.md", text(files, "data/limitations.md")),
    ],
    [
      "two files exchanged",
      "files",
      (files) =>
        put(
          put(files, "data/report.kk.html", text(files, "data/report.ru.html")),
          "data/report.ru.html",
          text(files, "data/report.kk.html"),
        ),
    ],
    ["a manifest line twice", "files", (files) => put(files, BAG.manifest, text(files, BAG.manifest).repeat(2))],
    ["an empty manifest", "files", (files) => put(files, BAG.manifest, "")],
    [
      "a manifest with a path that leads out",
      "files",
      (files) => put(files, BAG.manifest, `${text(files, BAG.manifest)}${"0".repeat(64)}  data/../../x\n`),
    ],
    [
      "manifests made anew without signing",
      "signature",
      (files) => {
        const again = resigned(put(files, "data/errata.md", "nothing changed"), strangerOf(scene.identity.origin));
        return put(
          put(
            put(
              put(again, BAG.note, text(files, BAG.note)),
              BAG.signature,
              files.get(BAG.signature) ?? Buffer.alloc(0),
            ),
            BAG.key,
            text(files, BAG.key),
          ),
          BAG.pem,
          text(files, BAG.pem),
        );
      },
    ],
    ["the signature removed", "signature", (files) => without(files, BAG.signature)],
    ["the note removed", "form", (files) => without(files, BAG.note)],
    [
      "the signature for openssl of another bundle",
      "signature",
      (files) => put(files, BAG.signature, open.get(BAG.signature) ?? Buffer.alloc(0)),
    ],
    ["manifest and signature of another key", "key", (files) => resigned(files, stranger)],
    ["the same under the log's own name", "key", (files) => resigned(files, strangerOf(scene.identity.origin))],
    ["the declaration of a bag removed", "form", (files) => without(files, BAG.declaration)],
    [
      "a head signed by another key",
      "head",
      (files) => put(files, "checkpoint.txt", signCheckpoint(headOf(files), stranger.privateKeyPem)),
    ],
    [
      "the note of the manifest in place of the head",
      "head",
      (files) => put(files, "checkpoint.txt", text(files, BAG.note)),
    ],
  ];
  test.each(KINDS)("%s: %s", async (_, name, change) => {
    expect(failed(await check(change(originals), { replay: false }))).toContain(name);
  });
});

const headOf = (files: Bundle) => {
  const head = readCheckpoint(text(files, "checkpoint.txt"));
  if (head === null) throw new Error("the bundle has no head");
  return head;
};
const signedHead = (change: object) =>
  signCheckpoint({ ...headOf(originals), ...change }, scene.identity.privateKeyPem);

describe("a change by somebody who has the log's key, and signs everything anew, is caught by", () => {
  const swap = <T>(list: readonly T[], a: number, b: number) => {
    const [first, second] = [list[a], list[b]];
    return first === undefined || second === undefined ? [...list] : list.with(a, second).with(b, first);
  };
  const KINDS: readonly [string, CheckName, (files: Bundle) => Bundle][] = [
    [
      "a number edited in a report",
      "derived",
      (files) =>
        put(files, "data/report.en.html", text(files, "data/report.en.html").replace(/<td>4<\/td>/, "<td>5</td>")),
    ],
    [
      "a sentence edited in a report",
      "derived",
      (files) =>
        put(files, "data/report.ru.html", text(files, "data/report.ru.html").replace("</main>", "<p>!</p></main>")),
    ],
    [
      "a cell of coverage.csv edited",
      "derived",
      (files) => put(files, "data/coverage.csv", `${text(files, "data/coverage.csv")}x\r\n`),
    ],
    ["the limits removed", "derived", (files) => put(files, "data/limitations.md", "")],
    ["the VERIFY text edited", "derived", (files) => put(files, "VERIFY.en.txt", "Just believe it.\n")],
    ["the custody log edited", "derived", (files) => put(files, "data/custody.ndjson", "")],
    [
      "witnesses made more in incident.json",
      "replay",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(facts, "incident").witnesses = 40;
        }),
    ],
    [
      "a start moved in incident.json",
      "replay",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(facts, "incident").start = part(facts, "incident").end;
        }),
    ],
    [
      "confidence raised in incident and replay alike",
      "replay",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          const again = part(facts, "replay").incidents as Loose[];
          for (const incident of [part(facts, "incident"), ...again])
            incident.confidence = incident.confidence === "confirmed" ? "observed" : "confirmed";
        }),
    ],
    [
      "the replay said to differ",
      "replay",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(facts, "replay").same = false;
        }),
    ],
    [
      "the replay taken away",
      "replay",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          facts.replay = null;
        }),
    ],
    [
      "another kind of incident",
      "replay",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(facts, "incident").kind = "block";
        }),
    ],
    [
      "a count of records edited",
      "counts",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(part(facts, "counts"), "entries").witnesses = 1;
        }),
    ],
    [
      "a count of verdicts edited",
      "counts",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(facts, "counts").verdicts = { ok: 999 };
        }),
    ],
    [
      "the count of excluded records edited",
      "counts",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(facts, "counts").excluded = 99;
        }),
    ],
    [
      "the log's size edited in incident.json",
      "head",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          part(facts, "log").size = 1;
        }),
    ],
    [
      "incident.json of another format",
      "facts",
      (files) =>
        editJson(files, "data/incident.json", (facts) => {
          facts.format = "kuager-bundle/0";
        }),
    ],
    ["incident.json that is no JSON", "facts", (files) => put(files, "data/incident.json", "{")],
    [
      "a verdict removed",
      "counts",
      (files) => put(files, "data/verdicts.ndjson", text(files, "data/verdicts.ndjson").replace(/^.*\n/, "")),
    ],
    [
      "a verdict's reasons edited",
      "verdicts",
      (files) =>
        put(
          files,
          "data/verdicts.ndjson",
          text(files, "data/verdicts.ndjson").replace(/"strength":"[a-z-]+"/, '"strength":"other"'),
        ),
    ],
    [
      "a verdict on a record that is not enclosed",
      "counts",
      (files) =>
        put(
          files,
          "data/verdicts.ndjson",
          text(files, "data/verdicts.ndjson").replace(/"record":"[0-9a-f]{8}/, '"record":"00000000'),
        ),
    ],
    [
      "an excluded record invented",
      "counts",
      (files) => put(files, "data/excluded.ndjson", `${text(files, "data/excluded.ndjson")}{"record":"x","why":"y"}\n`),
    ],
    [
      "a record edited",
      "entries",
      (files) =>
        changeEntry(files, (entry) => {
          part(entry, "body").durationMs = 1;
        }),
    ],
    [
      "a record edited, its place in the log",
      "inclusion",
      (files) =>
        changeEntry(files, (entry) => {
          part(entry, "body").durationMs = 1;
        }),
    ],
    ["a record removed", "inclusion", (files) => putLines(files, MEASURED, lines(files, MEASURED).slice(1))],
    ["a record removed from the middle with its place and count", "inclusion", (files) => removeWhole(files)],
    ["records reordered", "inclusion", (files) => putLines(files, MEASURED, swap(lines(files, MEASURED), 0, 5))],
    [
      "a record twice",
      "inclusion",
      (files) => putLines(files, MEASURED, [...lines(files, MEASURED), lines(files, MEASURED)[0] ?? ""]),
    ],
    [
      "a control passed off as a witness",
      "places",
      (files) => {
        const controls = lines(files, CONTROLS);
        return putLines(putLines(files, CONTROLS, controls.slice(1)), MEASURED, [
          ...lines(files, MEASURED),
          controls[0] ?? "",
        ]);
      },
    ],
    [
      "controls and witnesses exchanged",
      "places",
      (files) =>
        put(
          put(files, MEASURED, files.get(CONTROLS) ?? Buffer.alloc(0)),
          CONTROLS,
          files.get(MEASURED) ?? Buffer.alloc(0),
        ),
    ],
    [
      "a control replaced by another's record",
      "entries",
      (files) =>
        changeEntry(
          files,
          (entry) => {
            entry.probe = "0".repeat(32);
          },
          CONTROLS,
        ),
    ],
    [
      "roles of probes exchanged",
      "places",
      (files) =>
        putLines(
          files,
          CONTEXT,
          lines(files, CONTEXT).map((line) => line.replace('"role":"witness"', '"role":"control"')),
        ),
    ],
    [
      "a probe's key exchanged",
      "entries",
      (files) =>
        putLines(
          files,
          CONTEXT,
          lines(files, CONTEXT).map((line) =>
            line.replace(/"publicKey":"[^"]+"/, `"publicKey":"${generateIdentity().publicKey}"`),
          ),
        ),
    ],
    [
      "the signatures of probes removed",
      "entries",
      (files) =>
        putLines(
          files,
          MEASURED,
          lines(files, MEASURED).map((line) => line.replace(/,"signature":"[^"]+"/, "")),
        ),
    ],
    [
      "a record forged under a key that is not its probe's",
      "entries",
      (files) =>
        changeEntry(files, (entry, line) => {
          entry.at = "2021-01-01T00:00:00.000Z";
          line.signature = signText(generateIdentity().privateKeyPem, "journal", sha256Hex(canonicalJson(entry)));
        }),
    ],
    [
      "times of receipt edited",
      "replay",
      (files) =>
        putLines(
          files,
          MEASURED,
          lines(files, MEASURED).map((line) =>
            line.replace(
              /("received":"2\d{3}-\d\d-\d\dT)(\d\d)/,
              (_all, day: string, hour: string) => `${day}${String((Number(hour) + 5) % 24).padStart(2, "0")}`,
            ),
          ),
        ),
    ],
    [
      "presences removed",
      "replay",
      (files) =>
        putLines(
          files,
          CONTEXT,
          lines(files, CONTEXT).filter((line) => !line.includes('"type":"presence"')),
        ),
    ],
    ["a stale head of a shorter log", "head", (files) => put(files, "checkpoint.txt", scene.early)],
    ["a stale head, told in all places", "inclusion", (files) => staleEverywhere(files)],
    ["a forked log: another root", "inclusion", (files) => forked(files)],
    ["a forked log against the head that was kept", "keptHead", (files) => forked(files)],
    ["a forked log against earlier heads", "history", (files) => forked(files)],
    [
      "a head of another log",
      "head",
      (files) =>
        put(
          files,
          "checkpoint.txt",
          signCheckpoint({ ...headOf(files), origin: "other" }, scene.identity.privateKeyPem),
        ),
    ],
    [
      "an earlier head replaced",
      "history",
      (files) =>
        editJson(files, "log-proof.json", (proof) => {
          const [old] = proof.history as Loose[];
          if (old !== undefined) old.note = signedHead({ size: 7, root: leafHash("x") });
        }),
    ],
    [
      "a hash of the proof edited",
      "inclusion",
      (files) =>
        editJson(files, "log-proof.json", (proof) => {
          proof.path = [...(proof.path as string[]), "0".repeat(64)];
        }),
    ],
    [
      "places in the log shifted",
      "inclusion",
      (files) =>
        editJson(files, "log-proof.json", (proof) => {
          proof.leaves = (proof.leaves as number[]).map((leaf) => leaf + 1);
        }),
    ],
    [
      "places in the log cut short",
      "inclusion",
      (files) =>
        editJson(files, "log-proof.json", (proof) => {
          proof.leaves = (proof.leaves as number[]).slice(1);
        }),
    ],
    ["a proof that is none", "inclusion", (files) => put(files, "log-proof.json", "[]")],
    ["records that cannot be unpacked", "places", (files) => put(files, CONTROLS, Buffer.from("no gzip"))],
  ];
  test("more than forty kinds are tried", () => expect(KINDS.length).toBeGreaterThan(40));
  test.each(KINDS)("%s: %s", async (_, name, change) => {
    const changed = change(originals);
    expect([...changed].some(([path, bytes]) => originals.get(path)?.equals(bytes) !== true)).toBe(true);
    const findings = await check(resigned(changed));
    expect(failed(findings)).toContain(name);
    expect(failed(findings).filter((one) => ["form", "files", "tagFiles", "signature", "key"].includes(one))).toEqual(
      [],
    );
  });

  test("a published record given another place, or another leaf", async () => {
    const list = lines(open, MEASURED);
    const edit = (pattern: RegExp, by: string) =>
      putLines(open, MEASURED, list.with(0, (list[0] ?? "").replace(pattern, by)));
    expect(failed(await check(resigned(edit(/"leaf":\d+/, '"leaf":99'))))).toContain("places");
    expect(failed(await check(resigned(edit(/"leafHash":"[0-9a-f]{4}/, '"leafHash":"0000'))))).toContain("inclusion");
  });
});

/** The first record gone, and every number that tells of it. */
function removeWhole(files: Bundle): Bundle {
  const shorter = putLines(files, MEASURED, lines(files, MEASURED).slice(1));
  const told = editJson(shorter, "data/incident.json", (facts) => {
    const entries = part(part(facts, "counts"), "entries");
    entries.witnesses = Number(entries.witnesses) - 1;
  });
  return editJson(told, "log-proof.json", (proof) => {
    proof.leaves = (proof.leaves as number[]).slice(1);
  });
}

function staleEverywhere(files: Bundle): Bundle {
  const { size, root } = readCheckpoint(scene.early) ?? headOf(files);
  const told = editJson(put(files, "checkpoint.txt", scene.early), "data/incident.json", (facts) => {
    Object.assign(part(facts, "log"), { size, root: Buffer.from(root).toString("hex") });
  });
  return editJson(told, "log-proof.json", (proof) => {
    proof.size = size;
  });
}

function forked(files: Bundle): Bundle {
  const root = leafHash("another history");
  return editJson(put(files, "checkpoint.txt", signedHead({ root })), "data/incident.json", (facts) => {
    part(facts, "log").root = Buffer.from(root).toString("hex");
  });
}

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
  expect(failed(await check(originals, { kept: signedHead({ size: 7, root: leafHash("x") }) }))).toEqual(["keptHead"]);
  const other = await check(originals, { kept: signedHead({ size: 8 }) });
  expect(other.find(({ check: name }) => name === "keptHead")?.state).toBe("unjudged");
});
