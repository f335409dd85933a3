import { type ChildProcess, spawn } from "node:child_process";
import type { LookupAddress } from "node:dns";
import type { Socket } from "node:net";
import { DEADLINES } from "./deadlines.ts";
import type { Lookup } from "./dns-os.ts";
import { onAbort } from "./on-abort.ts";

/** Prints what getaddrinfo says of the name: its addresses, or the code of its error. */
const ASK = `
require("node:dns").lookup(process.argv[1], { all: true, family: 0, verbatim: true }, (error, addresses) =>
  process.stdout.write(JSON.stringify(error ? { code: error.code } : { addresses })));
`;

/** More than the addresses of any name take. */
const MOST_BYTES = 64 * 1024;

/**
 * getaddrinfo in a process of its own for each name, killed after `timeoutMs`, with the signal or with this process. A
 * call inside this process would hold it for half a minute with a dead resolver, even against process.exit; so a
 * command that measures once and ends asks like this, and a probe that runs for days does not (each call costs the
 * start of a process). What is under way does not keep this process alive.
 */
export function processLookup(signal: AbortSignal, timeoutMs = DEADLINES.dnsMs): Lookup {
  return async (name) => {
    if (signal.aborted) throw failed("ETIMEDOUT");
    const child = spawn(process.execPath, ["-e", ASK, "--", name], { stdio: ["ignore", "pipe", "ignore"] });
    const kill = () => void child.kill("SIGKILL");
    const deadline = setTimeout(kill, timeoutMs).unref();
    const deafen = onAbort(signal, kill);
    process.once("exit", kill);
    try {
      return addressesIn(await outputOf(child));
    } finally {
      clearTimeout(deadline);
      deafen();
      process.off("exit", kill);
    }
  };
}

function outputOf(child: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  // The type hides that the pipe is a socket, which can let go of the event loop.
  (child.stdout as Socket).unref();
  child.unref();
  return new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (text.length < MOST_BYTES) text += chunk.toString("latin1");
    });
    child.once("error", () => resolve(""));
    child.once("close", () => resolve(text));
  });
}

function addressesIn(text: string): LookupAddress[] {
  // Either what ASK above has just written, or nothing of a process that was killed.
  const answer = (text.endsWith("}") ? JSON.parse(text) : { code: "ETIMEDOUT" }) as
    | { addresses: LookupAddress[] }
    | { code: string };
  if ("addresses" in answer) return answer.addresses;
  throw failed(answer.code);
}

function failed(code: string): Error {
  return Object.assign(new Error("getaddrinfo brought no address"), { code });
}
