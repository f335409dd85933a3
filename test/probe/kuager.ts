import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The built program; `npm test` builds it first. */
export const KUAGER = fileURLToPath(new URL("../../dist/bin/kuager.js", import.meta.url));

/** Starts the built program with `args` (Node's own first, if any). Everything it prints is kept. */
export function startKuager(args: readonly string[], nodeArgs: readonly string[] = []) {
  const { NODE_EXTRA_CA_CERTS: _left, ...env } = process.env;
  const child = spawn(process.execPath, [...nodeArgs, KUAGER, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const exit = once(child, "close").then(([code]) => code as number | null);
  return { child, exit, out: () => out, err: () => err };
}
