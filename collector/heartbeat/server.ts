import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Logger } from "pino";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import type { Intake } from "../ingest/intake.ts";
import { type Answer, type Question, readQuestion, writeAnswer } from "./answer.ts";
import type { BeatLedger } from "./ledger.ts";

export type BeatServer = { readonly port: number; close: () => Promise<void> };

export type BeatServerParts = {
  readonly host: string;
  readonly port: number;
  readonly ledger: BeatLedger;
  readonly intake: Pick<Intake, "presence" | "dnsPresence" | "limits">;
  readonly log: Logger;
};

/** Questions under work at once; more are dropped, and resolvers ask again. */
const WAITING_MAX = 500;

/**
 * Answers over UDP for the one zone, and counts good beats as signs that a host is up. They do not make it present: its
 * line may be cut but for DNS, and that is what presence tells. Looks at no sender but to answer it,
 * and logs none. What cannot be read, comes too fast or meets a fault of ours gets no answer. Errors at the start:
 * `try_later` (port in use or not allowed), `config` (no such address).
 */
export async function serveBeats(parts: BeatServerParts): Promise<BeatServer> {
  const { host, port, ledger, intake, log } = parts;
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  let waiting = 0;
  const handle = async (message: Buffer, to: { port: number; address: string }) => {
    const question = readQuestion(message);
    if (question === null || waiting >= WAITING_MAX || intake.limits.take("questions", "") > 0) return;
    waiting += 1;
    try {
      const answer = await answerTo(question, parts);
      // A sender that is gone by now is no fault.
      socket.send(writeAnswer(question, answer), to.port, to.address, () => undefined);
    } catch (error) {
      log.warn({ err: error }, "a DNS question could not be answered");
    } finally {
      waiting -= 1;
    }
  };
  await bind(socket, host, port);
  socket.on("message", (message, sender) => void handle(message, sender));
  socket.on("error", (error) => log.warn({ code: errorCode(error) }, "the DNS socket has a fault"));
  log.info({ zone: ledger.zone, port: socket.address().port }, "heartbeats are taken over DNS");
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

async function answerTo({ name, type }: Question, { ledger, intake, log }: BeatServerParts): Promise<Answer> {
  const asked = name.toLowerCase();
  if (asked === ledger.zone) return { rcode: "ok", record: type === "SOA" ? "soa" : null };
  if (!asked.endsWith(`.${ledger.zone}`)) return { rcode: "refused", record: null };
  const judged = await ledger.judge(name);
  if (judged.kind === "unknown") return { rcode: "no_name", record: null };
  if (judged.kind === "counts") {
    const { seq, uptimeMinutes, link } = judged.beat;
    if (!intake.presence.present().has(judged.probe)) log.info({ route: "dns", link }, "a probe is heard by DNS only");
    log.debug({ route: "dns", seq, uptimeMinutes, link }, "a heartbeat came");
    intake.dnsPresence.beat(judged.probe);
  }
  return { rcode: "ok", record: type === "A" ? "address" : null };
}

function bind(socket: Socket, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", (error) => reject(explain(error, host, port)));
    socket.bind(port, host, () => {
      socket.removeAllListeners("error");
      resolve();
    });
  });
}

function explain(cause: unknown, host: string, port: number): unknown {
  const code = errorCode(cause);
  if (code === "EADDRINUSE")
    return new CodedError("try_later", `UDP port ${port} is in use. Choose another with --dns-port.`, { cause });
  if (code === "EACCES")
    return new CodedError("try_later", `This user may not use UDP port ${port}. Choose another with --dns-port.`, {
      cause,
    });
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new CodedError("config", `This machine has no address ${host}. Choose one of its own with --host.`, {
      cause,
    });
  return cause;
}
