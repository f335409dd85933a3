import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { CodedError } from "../../../protocol/coded-error.ts";

const ANSWER_TIMEOUT_MS = 5_000;
const TRIES = 200;
const TRY_AGAIN_MS = 25;

/**
 * Gives a running unbound one order over its control socket, as unbound-control(8) does (a line `UBCT1 COMMAND`), and
 * returns its answer when it is followed. Throws `failed` with unbound's words.
 */
export async function orderResolver(socketPath: string, command: string): Promise<string> {
  const answer = await talk(socketPath, command);
  if (/^error/m.test(answer) || answer === "")
    throw new CodedError("failed", `unbound refuses '${command}': ${answer.trim() || "no answer"}`);
  return answer;
}

/** Waits until a starting unbound takes orders. Throws `failed` when it does not within five seconds. */
export async function untilItAnswers(socketPath: string, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  for (let attempt = 0; attempt < TRIES && !isOver; attempt++) {
    const answer = await talk(socketPath, "status").catch(() => "");
    if (answer.includes("is running")) return;
    await sleep(TRY_AGAIN_MS);
  }
  throw new CodedError("failed", "A resolver of the lab (unbound) does not start.");
}

async function talk(socketPath: string, command: string): Promise<string> {
  const socket = connect(socketPath);
  const deadline = setTimeout(() => socket.destroy(new Error("no answer in time")), ANSWER_TIMEOUT_MS);
  try {
    // Not ended from this side: unbound takes the end of the line for the end of the order, and closes when it has answered.
    socket.write(`UBCT1 ${command}\n`);
    let text = "";
    for await (const chunk of socket) text += String(chunk);
    return text;
  } catch (error) {
    throw new CodedError("failed", `A resolver of the lab takes no order '${command}'.`, { cause: error });
  } finally {
    clearTimeout(deadline);
    socket.destroy();
  }
}
