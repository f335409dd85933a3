import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { CodedError } from "../../protocol/coded-error.ts";
import { within } from "../../protocol/deadline.ts";
import { bundleName, type MakeBundleFile } from "./shelf.ts";

const DEADLINE_MS = 30 * 60_000;
const OUTPUT_MAX = 64 * 1024;

/** The built executable beside this code, or beside its build. */
const ENTRIES = ["../../bin/kuager.js", "../../dist/bin/kuager.js"];

/**
 * Makes bundles with `kuager collector bundle` in a process of its own and of low priority: reading and packing the records of
 * a large incident takes minutes, in which the collector must go on hearing heartbeats.
 */
export function makeByProcess({
  data,
  targets,
}: {
  readonly data: string;
  readonly targets: string | null;
}): MakeBundleFile {
  return async (version, folder, signal) => {
    const name = bundleName(version);
    const entry = ENTRIES.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
    if (entry === undefined) throw new CodedError("unavailable", "The program is not built: node bin/build.mjs");
    const flags = ["--data", data, "--out", folder, ...(targets === null ? [] : ["--targets", targets])];
    const child = spawn(process.execPath, [entry, "collector", "bundle", name, ...flags], {
      stdio: ["ignore", "pipe", "pipe"],
      signal: within(DEADLINE_MS, signal),
      killSignal: "SIGKILL",
    });
    if (child.pid !== undefined) lowered(child.pid);
    const [out, err] = [collected(child.stdout), collected(child.stderr)];
    const [code] = await once(child, "close");
    const place = out().trim().split("\n").at(-1) ?? "";
    if (code === 0 && existsSync(place)) return place;
    throw new CodedError("failed", `The bundle of ${name} could not be made (${code}): ${err().slice(0, 500)}`);
  };
}

function lowered(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It runs at our own priority then, or has ended already.
  }
}

function collected(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.on("data", (part: Buffer) => {
    if (text.length < OUTPUT_MAX) text += part.toString("utf8");
  });
  return () => text;
}
