import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openSignFile, readSign, type Sign } from "../../../probe/life/sign-file.ts";
import { folders } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);

const sign = (mono: number): Sign => ({
  boot: "aa686355-8189-4819-aef9-71d74c561fed",
  mono,
  at: "2026-11-28T04:00:00.000Z",
  offsetMs: 0,
  software: "kuager/0.1.0",
  power: "mains",
});
const monoOf = (folder: string) => readSign(folder)?.mono ?? null;

describe("the sign of life", () => {
  it("is the latest one written, also by the next process", () => {
    const folder = temporary.make();
    expect(monoOf(folder)).toBeNull();
    const first = openSignFile(folder);
    expect([first.write(sign(1)), monoOf(folder), first.write(sign(2)), monoOf(folder)]).toEqual([true, 1, true, 2]);
    first.close();
    const second = openSignFile(folder);
    expect([monoOf(folder), second.write(sign(3)), monoOf(folder)]).toEqual([2, true, 3]);
    second.close();
  });

  it("never changes the size of its file, and is its owner's only", () => {
    const folder = temporary.make();
    const file = openSignFile(folder);
    const size = () => statSync(join(folder, "alive")).size;
    const sizes = [1, 2, 3, 4, 5].map((mono) => file.write(sign(mono)) && size());
    expect(new Set(sizes)).toEqual(new Set([8192]));
    expect(statSync(join(folder, "alive")).mode & 0o777).toBe(0o600);
    file.close();
  });

  it("that is torn leaves the one before, whatever byte is damaged and wherever the file ends", () => {
    const folder = temporary.make();
    const path = join(folder, "alive");
    const file = openSignFile(folder);
    file.write(sign(1));
    file.write(sign(2));
    file.close();
    const whole = readFileSync(path);
    const line = whole.indexOf("\n");
    fc.assert(
      fc.property(fc.nat(line), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8(bytes.readUInt8(at) ^ change, at);
        writeFileSync(path, bytes);
        // The second sign lies in the first slot.
        expect(monoOf(folder)).toBe(1);
      }),
    );
    for (const length of [0, 10, 4096, 4100]) {
      writeFileSync(path, whole);
      truncateSync(path, length);
      expect([length, monoOf(folder)]).toEqual([length, length < 4096 ? null : 2]);
    }
  });

  it("that the disk does not take is told, and nothing is thrown", () => {
    const folder = temporary.make();
    writeFileSync(join(folder, "not-a-folder"), "");
    const file = openSignFile(join(folder, "not-a-folder"));
    expect(file.write(sign(1))).toBe(false);
    file.close();
  });
});
