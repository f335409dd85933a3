import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { packZip, unpackZip } from "../../../collector/evidence/zip.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";
import { type RawFile, rawZip } from "./raw-zip.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const FILE: RawFile = { name: "data/a.txt", data: Buffer.from("a text\n") };
const OTHER: RawFile = { name: "data/b.txt", data: Buffer.from("another\n") };

test("a zip comes back whole, is the same bytes for the same files, and is read by unzip", () => {
  const names = fc.stringMatching(/^[a-zқ]{1,8}(?:\/[a-z]{1,8}){0,2}\.txt$/);
  const files = fc.dictionary(names, fc.uint8Array({ maxLength: 300 }), { maxKeys: 8 });
  fc.assert(
    fc.property(files, (some) => {
      const made = new Map(Object.entries(some));
      const zip = packZip(made);
      expect(zip).toEqual(packZip(new Map([...made].reverse())));
      const back = unpackZip(zip);
      expect([...back.keys()].sort()).toEqual([...made.keys()].sort());
      for (const [path, bytes] of made)
        expect(Buffer.from(back.get(path) ?? "x").equals(Buffer.from(bytes))).toBe(true);
    }),
  );
  const file = join(folder.path, "some.zip");
  writeFileSync(
    file,
    packZip(
      new Map([
        [FILE.name, FILE.data],
        [OTHER.name, OTHER.data],
      ]),
    ),
  );
  expect(execFileSync("unzip", ["-tq", file], { encoding: "utf8" })).toContain("No errors");
});

test("a gzipped file lies in a zip as it is, any other is packed", () => {
  const text = Buffer.alloc(1000, "a");
  const methods = (name: string) => Buffer.from(packZip(new Map([[name, text]]))).readUInt16LE(8);
  expect([methods("data/a.ndjson.gz"), methods("data/a.ndjson")]).toEqual([0, 8]);
});

test("a zip of another program is read: stored files, folders, sizes told behind the file", () => {
  const behind = Buffer.alloc(16);
  behind.writeUInt32LE(0x08074b50, 0);
  const zip = rawZip([
    { name: "data/", data: Buffer.alloc(0), method: 0 },
    { ...FILE, method: 0 },
    { ...OTHER, flags: 0x0808, behind },
  ]);
  expect([...unpackZip(zip).keys()]).toEqual(["data/a.txt", "data/b.txt"]);
});

const bomb = Buffer.alloc(64 * 1024 * 1024);
describe("a zip is refused in words that", () => {
  test.each<[string, () => Uint8Array, RegExp]>([
    ["leads out of its folder", () => rawZip([{ ...FILE, name: "../../etc/cron.d/x" }]), /path/],
    ["leads to a place of its own on the disk", () => rawZip([{ ...FILE, name: "/etc/passwd" }]), /path/],
    ["leads out with backslashes", () => rawZip([{ ...FILE, name: "..\\..\\x" }]), /path/],
    ["names a drive", () => rawZip([{ ...FILE, name: "C:x" }]), /path/],
    ["has an empty part in a path", () => rawZip([{ ...FILE, name: "data//a" }]), /path/],
    ["has a control character in a path", () => rawZip([{ ...FILE, name: "a\u0007b" }]), /path/],
    [
      "has a path that is no text",
      () =>
        Buffer.from(
          rawZip([{ ...FILE, name: "aXXb" }])
            .toString("latin1")
            .replaceAll("XX", "\xff\xfe"),
          "latin1",
        ),
      /path/,
    ],
    ["has a name twice", () => rawZip([FILE, FILE]), /path/],
    ["has a folder that leads out", () => rawZip([{ ...FILE, name: "../x/", data: Buffer.alloc(0) }]), /path/],
    ["shows another name to other programs", () => rawZip([{ ...FILE, localName: "data/z.txt" }]), /two names/],
    ["has one file within another", () => rawZip([FILE, { ...OTHER, at: 0 }]), /two names|between/],
    ["says that a file is smaller than it is", () => rawZip([{ ...FILE, data: bomb, size: 100 }]), /./],
    ["says that a file is larger than all may be", () => rawZip([{ ...FILE, size: 0xffff_fff0 }]), /too large/],
    [
      "grows beyond all that may be unpacked",
      () => rawZip(Array.from({ length: 17 }, (_, at) => ({ name: `f${at}`, data: bomb }))),
      /too large/,
    ],
    ["has a checksum of something else", () => rawZip([{ ...FILE, crc: 7 }]), /checksum/],
    ["is packed in another way", () => rawZip([{ ...FILE, method: 9 }]), /not known/],
    ["hides bytes between its files", () => rawZip([{ ...FILE, behind: Buffer.from("hidden") }, OTHER]), /between/],
    ["has bytes behind its end", () => Buffer.concat([rawZip([FILE]), Buffer.from("x")]), /after its end/],
    ["is cut", () => rawZip([FILE, OTHER]).subarray(0, 90), /directory/],
    ["counts more files than it lists", () => rawZip([FILE], { count: 2 }), /damaged/],
    ["counts fewer files than it lists", () => rawZip([FILE, OTHER], { count: 1 }), /between/],
    ["is nothing", () => Buffer.alloc(100), /directory/],
  ])("%s", (_, make, why) => {
    expect(() => unpackZip(make())).toThrow(why);
  });

  test("is any other bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => unpackZip(bytes)).toThrow(/damaged or unusual/);
      }),
    );
  });
});

test("a zip with any one byte changed is refused, or holds the same files", () => {
  const zip = rawZip([FILE, OTHER]);
  const files = [...unpackZip(zip)].map(([path, bytes]) => [path, Buffer.from(bytes).toString("hex")]);
  for (let at = 0; at < zip.length; at++) {
    const changed = Buffer.from(zip);
    changed[at] = (changed[at] ?? 0) ^ 0x21;
    try {
      const back = [...unpackZip(changed)].map(([path, bytes]) => [path, Buffer.from(bytes).toString("hex")]);
      expect(back, `byte ${at}`).toEqual(files);
    } catch (error) {
      expect(String(error)).toMatch(/damaged or unusual/);
    }
  }
});
