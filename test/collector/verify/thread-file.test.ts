import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { threadFile } from "../../../collector/verify/thread-file.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

test("a thread is taken as one file while nothing was compiled since, else as it was compiled, and nowhere else", () => {
  const root = pathToFileURL(`${folder.path}/`);
  const found = () => threadFile(root, "collector/some-thread")?.pathname.split("/").at(-1) ?? null;
  const write = (path: string, second: number) => {
    mkdirSync(join(folder.path, path, ".."), { recursive: true });
    writeFileSync(join(folder.path, path), "");
    utimesSync(join(folder.path, path), second, second);
  };
  expect(found()).toBeNull();
  write("collector/some-thread.js", 100);
  expect(found()).toBe("some-thread.js");
  write("collector/.tsbuildinfo", 100);
  write("collector/some-thread.packed.js", 101);
  expect(found()).toBe("some-thread.packed.js");
  write("protocol/.tsbuildinfo", 102);
  expect(found()).toBe("some-thread.js");
});
