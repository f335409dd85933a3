import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { enclosedEntry } from "../../../collector/evidence/enclosed-entry.ts";
import { LINE_BYTES } from "../../../collector/replay/entry-line.ts";
import { hashesIn } from "../../../collector/verify/hash-list.ts";
import { archiveIn, originalsReader, readOriginals, recordsOf } from "../../../collector/verify/originals.ts";
import { ARCHIVE_FILES } from "../../../collector/verify/record-files.ts";
import { unpackAside } from "../../../collector/verify/unpack-aside.ts";
import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { leafHash } from "../../../protocol/merkle.ts";

const NONE = Buffer.alloc(0);

const entries = fc.record({
  prev: fc.stringMatching(/^[0-9a-f]{64}$/),
  probe: fc.stringMatching(/^[0-9a-f]{4}$/),
  seq: fc.integer({ min: 1, max: 1000 }),
  title: fc.string({ unit: "grapheme", maxLength: 5 }),
  received: fc.constantFrom("2022-01-05T10:20:37.215Z", "2022-01-05T10:20:37Z", "never", undefined),
  signature: fc.constantFrom("abc_-", undefined),
});
/** A line in canonical JSON, one with its names in another order, or none. */
const lines = fc.oneof(
  entries.map((one) => canonicalJson(lineOf(one))),
  entries.map((one) => JSON.stringify(lineOf(one))),
  fc.stringMatching(/^[a-z{}]{0,9}$/),
);

function lineOf({ prev, probe, seq, title, received, signature }: Record<string, unknown>): object {
  const around = { ...(received === undefined ? {} : { received }), ...(signature === undefined ? {} : { signature }) };
  return { type: "entry", ...around, entry: { v: 1, seq, probe, prev, body: { title } } };
}

test("originals that another thread read are what their lines say one by one, also where a file is not UTF-8", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(lines, { maxLength: 9 }),
      fc.array(lines, { maxLength: 4 }),
      fc.boolean(),
      async (...given) => {
        const [witnesses, controls, broken] = given;
        const bytes = (all: readonly string[]) => Buffer.from(all.map((line) => `${line}\n`).join(""));
        const odd = broken ? [bytes(witnesses), Buffer.from([0x7b, 0xff, 0x0a])] : [bytes(witnesses)];
        const packed = [NONE, Buffer.concat(odd), bytes(controls)].map((plain) => gzipSync(plain));
        const { files, read } = await readAside(new Map(ARCHIVE_FILES.map((path, at) => [path, packed[at] ?? NONE])));
        const records = recordsOf(structuredClone(read), files);
        const wanted = [...witnesses, ...controls].flatMap((line) => enclosedEntry(line) ?? []);
        const told = wanted.map(({ probe, seq, prev, signature, hash }) => ({ probe, seq, prev, signature, hash }));
        expect(records.entries).toMatchObject(told);
        expect(records.entries).toHaveLength(told.length);
        expect(hashesIn(records.leaves).map(Buffer.from)).toEqual(
          wanted.map(({ signed }) => Buffer.from(leafHash(signed))),
        );
        expect(read.wrong).toHaveLength(witnesses.length + controls.length + (broken ? 1 : 0) - wanted.length);
        const { entries: judged } = archiveIn(read, files);
        wanted.forEach(({ probe, seq, received, line }, place) => {
          expect(judged.keyAt(place)).toEqual(received === null ? null : { received, probe, seq });
          const taken = judged.lineAt(place);
          expect(typeof taken === "string" ? taken : taken.read().text).toBe(line);
        });
      },
    ),
  );
});

test("a line that is longer than an entry may be is told by its number, and not read", () => {
  const [line = ""] = fc.sample(entries, 1).map((one) => canonicalJson(lineOf(one)));
  const long = line.replace('"title":"', `"title":"${"a".repeat(LINE_BYTES)}`);
  for (const odd of [NONE, Buffer.from([0xff, 0x0a])]) {
    const bytes = Buffer.concat([Buffer.from(`${line}\n${long}\n`), odd]);
    const { columns, wrong } = readOriginals(new Map(ARCHIVE_FILES.map((path) => [path, bytes])));
    expect(columns.hashes).toHaveLength(2);
    for (const path of ARCHIVE_FILES) expect(wrong).toContain(`${path}:2`);
  }
});

test("originals are read in whatever pieces their files come", () => {
  fc.assert(
    fc.property(
      fc.array(lines, { maxLength: 9 }),
      fc.boolean(),
      fc.infiniteStream(fc.integer({ min: 1, max: 300 })),
      (...given) => {
        const [all, ended, steps] = given;
        const bytes = Buffer.from(all.join("\n") + (ended ? "\n" : ""));
        const files = new Map(ARCHIVE_FILES.map((path) => [path, bytes]));
        const reader = originalsReader();
        for (const path of ARCHIVE_FILES) {
          let upTo = 0;
          do {
            upTo = Math.min(bytes.length, upTo + (steps.next().value ?? 1));
            reader.take({ path, bytes, upTo });
          } while (upTo < bytes.length);
        }
        expect(reader.originals()).toEqual(readOriginals(files));
      },
    ),
  );
});

test("what is missing, no gzip, cut short, or longer or shorter than it tells, is not unpacked aside", async () => {
  const whole = gzipSync("a line\n");
  const told = (length: number) => {
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(length, lying.length - 4);
    return lying;
  };
  const files = (bytes: Buffer) => new Map(ARCHIVE_FILES.map((path) => [path, bytes]));
  await expect(readAside(files(whole))).resolves.toBeDefined();
  for (const bytes of [
    NONE,
    Buffer.from("no gzip"),
    whole.subarray(0, 15),
    told(2),
    told(200),
    Buffer.concat([whole, told(7)]),
  ])
    await expect(readAside(files(bytes))).rejects.toThrow();
});

async function readAside(packed: ReadonlyMap<string, Uint8Array>) {
  const files = new Map<string, Uint8Array>();
  const reader = originalsReader();
  for await (const piece of unpackAside(packed)) {
    files.set(piece.path, piece.bytes);
    reader.take(piece);
  }
  return { files, read: reader.originals() };
}
