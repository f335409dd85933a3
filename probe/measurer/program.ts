import { fileURLToPath } from "node:url";

/**
 * The file that measures, and the words it is started with. The one-file program has its own version of this (see
 * bin/bundle.mjs). Run from its sources, as tests do, it is the built one.
 */
export function measurerProgram(): string[] {
  const here = new URL("./main.js", import.meta.url);
  const built = import.meta.url.endsWith(".ts") ? new URL("../../dist/probe/measurer/main.js", import.meta.url) : here;
  return [fileURLToPath(built)];
}
