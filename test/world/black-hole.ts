import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Running } from "./places.ts";

/** Listens with the shortest queue and prints the port; the parent stops it before it can accept anything. */
const LISTENER = `
const server = require("node:net").createServer();
server.listen({ host: process.argv[1], port: 0, backlog: 1 }, () => console.log(server.address().port));
`;

/** More than any queue of length 1 takes. */
const FILLERS = 8;

/**
 * A port that swallows connections, as an address behind a dropping filter does: a stopped process listens there and
 * its queue is full, so the kernel drops further SYNs. Linux only; needs no rights.
 */
export async function startBlackHole(address: string): Promise<Running> {
  const child = spawn(process.execPath, ["-e", LISTENER, address], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  const port = Number(String(line).trim());
  child.kill("SIGSTOP");
  const fillers = Array.from({ length: FILLERS }, () => fill(address, port));
  await queueIsFull(fillers);
  return { address, port, close: () => end(child, fillers) };
}

function fill(address: string, port: number): Socket {
  const socket = connect({ host: address, port });
  socket.on("error", () => {});
  return socket;
}

/** Full when some fillers are connected and no more get through for a while. */
async function queueIsFull(fillers: readonly Socket[]): Promise<void> {
  let connected = -1;
  for (;;) {
    const now = fillers.filter((socket) => !socket.connecting).length;
    if (now === connected && now > 0) return;
    connected = now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(child: ChildProcess, fillers: readonly Socket[]): Promise<void> {
  for (const socket of fillers) socket.destroy();
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
