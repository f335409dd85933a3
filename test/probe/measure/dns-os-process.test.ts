import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { processLookup } from "../../../probe/measure/dns-os-process.ts";
import { calm } from "./web-settings.ts";

describe("getaddrinfo in a process of its own", () => {
  test("brings the addresses", async () => {
    expect(await processLookup(calm())("localhost")).toContainEqual({ address: "127.0.0.1", family: 4 });
  });

  test("takes a name that looks like a flag for a name, and tells the error's code", async () => {
    await expect(processLookup(calm())("--version")).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
  });

  test("ends with the signal and after its time", async () => {
    await expect(processLookup(AbortSignal.abort())("localhost")).rejects.toMatchObject({ code: "ETIMEDOUT" });
    await expect(processLookup(calm(), 1)("localhost")).rejects.toMatchObject({ code: "ETIMEDOUT" });
  });

  test("does not hold the process that asked, however long it takes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kuager-lookup-"));
    // Stands in for a getaddrinfo that hangs: the child of the program sleeps for ever.
    const sleeper = join(folder, "sleeper");
    writeFileSync(sleeper, '#!/bin/sh\necho $$ > "$(dirname "$0")/pid"\nexec sleep 3600\n', { mode: 0o755 });
    const program = `
      process.execPath = ${JSON.stringify(sleeper)};
      const { processLookup } = await import(${JSON.stringify(new URL("../../../dist/probe/measure/dns-os-process.js", import.meta.url).href)});
      processLookup(new AbortController().signal, 3600_000)("orda.test").catch(() => {});
      setTimeout(() => console.log("done"), 300);
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", program]);
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    await promisify(execFile)("sh", ["-c", `kill $(cat ${join(folder, "pid")})`]).catch(() => {});
    rmSync(folder, { recursive: true });
  });
});
