import { fileURLToPath } from "node:url";
import { CodedError } from "../../../protocol/coded-error.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { type ServerConfig, ServerReply, type SiteAnswer } from "../servers/config.ts";
import type { Start } from "./start.ts";
import { startTalker, type Talker } from "./talker.ts";

/** The compiled server program, beside this file's own compiled form. */
const MAIN = fileURLToPath(new URL("../servers/main.js", import.meta.url));

/** A server process of the lab that takes orders. */
export type ServerProcess = {
  /** Replaces what its sites answer instead of their pages, by name. */
  answerWith: (sites: Readonly<Record<string, SiteAnswer>>) => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts the servers of one namespace and waits until they listen. Throws `failed` with the reason. */
export async function startServers(
  start: Omit<Start, "command" | "output">,
  config: ServerConfig,
): Promise<ServerProcess> {
  const talker = startTalker(start, MAIN);
  await orderOrStop(talker, start.name, config);
  return {
    answerWith: (sites) => order(talker, start.name, { sites }),
    stop: talker.stop,
  };
}

/** Gives the first order; a process that does not follow it is stopped. Throws `failed` with the reason. */
export async function orderOrStop(talker: Talker, name: string, message: unknown): Promise<void> {
  try {
    await order(talker, name, message);
  } catch (error) {
    await talker.stop();
    throw error;
  }
}

/** Gives an order and waits until it is followed. Throws `failed` with the reason when it is not. */
export async function order(talker: Talker, name: string, message: unknown): Promise<void> {
  const reply = parseJson(ServerReply, await talker.ask(message));
  if (reply.ok && reply.value.ok) return;
  const problem = reply.ok ? reply.value.problem : reply.problems.join("; ");
  throw new CodedError("failed", `The lab's server '${name}' does not work: ${problem ?? "no reason given"}`);
}
