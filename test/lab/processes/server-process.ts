import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CodedError } from "../../../protocol/coded-error.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { type Lies, type ServerConfig, ServerReply } from "../servers/config.ts";
import { type Start, startProcess } from "./start.ts";

/** The compiled server program, beside this file's own compiled form. */
const MAIN = fileURLToPath(new URL("../servers/main.js", import.meta.url));

/** A server process of the lab that takes orders. */
export type ServerProcess = {
  /** Replaces the lies this process's resolvers tell. */
  lie: (lies: Lies) => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts the servers of one namespace and waits until they listen. Throws `failed` with the reason. */
export async function startServers(
  start: Omit<Start, "command" | "output">,
  config: ServerConfig,
): Promise<ServerProcess> {
  const running = startProcess({ ...start, command: [process.execPath, MAIN], output: "talk" });
  const { stdin, stdout } = running.child;
  if (stdin === null || stdout === null) throw new CodedError("fault", "A server process has no pipes.");
  stdin.on("error", () => {});
  const lines = createInterface({ input: stdout });
  const order = async (message: unknown): Promise<void> => {
    const answered = once(lines, "line");
    stdin.write(`${JSON.stringify(message)}\n`);
    const first = await Promise.race([answered, running.ended]);
    const reply = Array.isArray(first) ? parseJson(ServerReply, String(first[0])) : null;
    if (reply?.ok && reply.value.ok) return;
    const problem = reply?.ok ? reply.value.problem : await running.logTail();
    throw new CodedError("failed", `The lab's server '${start.name}' does not work: ${problem ?? "no reason given"}`);
  };
  try {
    await order(config);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return { lie: (lies) => order({ lies }), stop: running.stop };
}
