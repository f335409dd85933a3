import { once } from "node:events";
import { createInterface } from "node:readline";
import { CodedError } from "../../../protocol/coded-error.ts";
import { type Start, startProcess } from "./start.ts";

/** A process that answers each line it is given with one line. */
export type Talker = {
  /** One question at a time. Throws `failed` with the end of the process's log when it ends instead. */
  ask: (message: unknown) => Promise<string>;
  stop: () => Promise<void>;
};

/** Starts a program of ours inside a namespace; it is talked to in lines of JSON and ends with its standard input. */
export function startTalker(start: Omit<Start, "command" | "output">, program: string): Talker {
  const running = startProcess({ ...start, command: [process.execPath, program], output: "talk" });
  const { stdin, stdout } = running.child;
  if (stdin === null || stdout === null) throw new CodedError("fault", "A process of the lab has no pipes.");
  stdin.on("error", () => {});
  const lines = createInterface({ input: stdout });
  const ask = async (message: unknown): Promise<string> => {
    const answered = once(lines, "line");
    stdin.write(`${JSON.stringify(message)}\n`);
    const first = await Promise.race([answered, running.ended]);
    if (Array.isArray(first)) return String(first[0]);
    throw new CodedError("failed", `The lab's process '${start.name}' ended (${first}): ${await running.logTail()}`);
  };
  return { ask, stop: running.stop };
}
