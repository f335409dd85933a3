import { isIP, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { CodedError } from "../../protocol/coded-error.ts";
import type { Failure } from "../../protocol/failure.ts";
import type { SpeedBody } from "../../protocol/records/speed.ts";
import { connect } from "./connect.ts";
import { DEADLINES } from "./deadlines.ts";
import { hostOf, portOf } from "./endpoint.ts";
import { handshake } from "./handshake.ts";
import type { Series } from "./speed-series.ts";
import { transfer } from "./speed-transfer.ts";
import { startTimer } from "./timer.ts";
import { type Trust, trustIn } from "./trust.ts";

/** Something to fetch, and from where. */
export type SpeedObject = {
  /** The http or https URL: its host is the name sent. */
  url: string;
  ip: string;
  /** Whether it is a server of our own that takes uploads. */
  takesUploads?: boolean;
  /** The name on the server's certificate, where it is not the one in the URL. */
  certificateName?: string;
};

export type SpeedOptions = {
  /** Id of the target. */
  target: string;
  object: SpeedObject;
  control: SpeedObject & Pick<SpeedBody["control"], "choice">;
  direction?: SpeedBody["direction"];
  /** Whether every byte costs: then handshakes only. */
  metered?: boolean;
  caps?: Partial<SpeedCaps>;
  ca?: readonly string[];
  /** In [0, 1): which of the two goes first. */
  random?: () => number;
};

export type SpeedCaps = {
  /** Most bytes of each object. */
  bytes: number;
  /** How long each transfer goes on. */
  timeMs: number;
  /** How long each of the two lasts in all, connection and handshake included, while nothing has arrived. */
  tailMs: number;
  binMs: number;
  /** Between the two: filters remember an address for a while. */
  restMs: number;
};

/**
 * Enough bytes to see a rate of 150 kbit/s, and a tail that tells a strong throttle from a block (a limit of 5 s cannot:
 * RIPE Labs, 2016). Both together keep the two within 30 s of each other.
 */
export const SPEED_CAPS: SpeedCaps = { bytes: 256 * 1024, timeMs: 8_000, tailMs: 20_000, binMs: 100, restMs: 1_000 };

/** What one of the two showed. */
type Side = {
  samples: Series;
  connectMs: number | null;
  handshakeMs: number | null;
  answered: boolean | null;
  failure: Failure | null;
};

/**
 * Fetches a target's object and its control's back to back on the same line, in random order: connection, handshake and
 * up to `caps.bytes` of each. Never reads on after the cap, asks for no compression, follows no redirect. A certificate
 * that does not hold ends its side as its failure (what is behind it is somebody else). Whenever the signal aborts, the
 * body holds what was seen until then, and `interrupted` for the rest. Throws a fault for an upload to a server that is
 * not marked as taking them, and Node's error for a URL that is none.
 */
export async function measureSpeed(options: SpeedOptions, signal: AbortSignal): Promise<SpeedBody> {
  const { target, object, control, metered = false, direction = "down", random = Math.random } = options;
  if (direction === "up" && !(object.takesUploads && control.takesUploads))
    throw new CodedError("fault", "Uploads go to servers of our own only, marked takesUploads.");
  const caps = { ...SPEED_CAPS, ...options.caps };
  const trust = trustIn(options.ca);
  const one = (what: SpeedObject) => side(what, { caps, trust, direction, metered }, signal);
  const order = random() < 0.5 ? "control-first" : "target-first";
  const first = await one(order === "control-first" ? control : object);
  await sleep(caps.restMs, null, { signal }).catch(() => {});
  const second = await one(order === "control-first" ? object : control);
  const [ofControl, ofTarget] = order === "control-first" ? [first, second] : [second, first];
  const both = <K extends keyof Side>(key: K) => ({ target: ofTarget[key], control: ofControl[key] });
  return {
    target,
    url: object.url,
    control: { url: control.url, choice: control.choice },
    order,
    direction,
    samples: both("samples"),
    handshakeMs: both("handshakeMs"),
    failure: both("failure"),
    connectMs: both("connectMs"),
    answered: both("answered"),
    addresses: { target: object.ip, control: control.ip },
    ...(metered && { handshakeOnly: true }),
  };
}

type Manner = { caps: SpeedCaps; trust: Trust; direction: SpeedBody["direction"]; metered: boolean };

/** One of the two, from the connection to the last byte. */
async function side(object: SpeedObject, manner: Manner, signal: AbortSignal): Promise<Side> {
  const { caps, direction, metered } = manner;
  const url = new URL(object.url);
  const timer = startTimer();
  const leftMs = () => Math.max(1, caps.tailMs - timer());
  const seen: Side = { samples: [], connectMs: null, handshakeMs: null, answered: null, failure: null };
  const timeoutMs = Math.min(DEADLINES.tcpMs, leftMs());
  const opened = await connect({ ip: object.ip, port: portOf(url), timeoutMs }, signal);
  if (!opened.ok) return { ...seen, failure: opened.step.failure };
  seen.connectMs = opened.step.durationMs;
  let socket: Socket = opened.socket;
  if (url.protocol === "https:") {
    const secured = await secure(opened.socket, object, leftMs(), manner.trust, signal);
    seen.handshakeMs = secured.handshakeMs;
    seen.answered = secured.answered;
    if (secured.socket === null) return { ...seen, failure: secured.failure };
    socket = secured.socket;
  }
  if (metered) {
    socket.destroy();
    return seen;
  }
  const { bytes, timeMs, binMs } = caps;
  const line = opened.socket;
  const moved = await transfer({ socket, line, url, direction, bytes, timeMs, answerMs: leftMs(), binMs }, signal);
  seen.answered ??= line.bytesRead > 0;
  return { ...seen, samples: moved.samples, failure: moved.failed?.failure ?? null };
}

async function secure(raw: Socket, object: SpeedObject, timeoutMs: number, trust: Trust, signal: AbortSignal) {
  const asked = hostOf(new URL(object.url));
  const sni = isIP(asked) ? null : asked;
  const name = object.certificateName ?? asked;
  const secured = await handshake({ socket: raw, sni, name, purpose: "target", timeoutMs, trust }, signal);
  const { durationMs, failure, trusted, untrusted, answered } = secured.step;
  if (!secured.ok) return { socket: null, handshakeMs: null, answered, failure };
  if (trusted) return { socket: secured.socket, handshakeMs: durationMs, answered, failure: null };
  secured.socket.destroy();
  return { socket: null, handshakeMs: durationMs, answered, failure: untrusted ?? "ssl_failed_handshake" };
}
