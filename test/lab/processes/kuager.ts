import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Running, runInside, startProcess } from "./start.ts";

/** The very program that volunteers run, beside this file's compiled form. */
const KUAGER = fileURLToPath(new URL("../../../bin/kuager.js", import.meta.url));

/** Runs `kuager` inside namespaces; logs go to one file a name in `logFolder`. */
export type Kuager = {
  /** Starts a command that goes on until stopped. */
  start: (name: string, namespace: string, words: readonly string[], bootIdFile?: string) => Running;
  /** Runs a command to its end and returns what it printed. */
  run: (name: string, namespace: string, words: readonly string[]) => Promise<string>;
};

/** Makes {@link Kuager}. The programs get a bare environment: nothing of this machine's trust or proxies. */
export function kuagerIn(logFolder: string, home: string): Kuager {
  const env = labEnvironment(home);
  const prepare = (name: string, namespace: string, words: readonly string[]) => ({
    name,
    namespace,
    command: [process.execPath, KUAGER, ...words],
    logFile: join(logFolder, `${name}.log`),
    env,
  });
  return {
    start: (name, namespace, words, bootIdFile) =>
      startProcess({ ...prepare(name, namespace, words), output: "log", ...(bootIdFile && { bootIdFile }) }),
    run: (name, namespace, words) => runInside(prepare(name, namespace, words)),
  };
}

/** The environment of every process of the lab. */
export function labEnvironment(home: string): Record<string, string> {
  return { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: home, LANG: "C.UTF-8" };
}
