import { createHmac, randomBytes } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { CodedError } from "../../protocol/coded-error.ts";

/** Questions a minute from one part of the network. */
export const QUESTIONS_A_MINUTE = 600;
/** A proxy on this machine stands for all its readers: they share what so many parts of the network may ask. */
const PROXY_SHARE = 20;
const KEYS_MAX = 10_000;
const HOUR_MS = 3_600_000;
const LIMITED = /^\/(?:api\/v1|compat|data)\b/;

/**
 * Bounds how often the API is asked, by part of the network (a /24, or a /48 of IPv6). Of an address only a keyed hash
 * of its part is held, in memory, under a key that is forgotten every hour; nothing is stored or logged.
 */
export async function limitReaders(app: FastifyInstance, questions: number): Promise<void> {
  const keyOf = coarseKeys();
  await app.register(rateLimit, {
    max: (_request: FastifyRequest, key: string) => (key === "local" ? questions * PROXY_SHARE : questions),
    timeWindow: 60_000,
    cache: KEYS_MAX,
    keyGenerator: ({ socket }: FastifyRequest) => keyOf(socket.remoteAddress ?? ""),
    allowList: ({ url }: FastifyRequest) => !LIMITED.test(url),
    errorResponseBuilder: (_request, { ttl }) =>
      new CodedError(
        "too_many",
        `Too many questions came from your part of the network. Wait ${Math.ceil(ttl / 1000)} s.`,
      ),
  });
}

/** Makes keys of addresses that tell no address: the same for a part of the network, and others every hour. */
export function coarseKeys(now: () => number = Date.now): (address: string) => string {
  let [secret, until] = [randomBytes(32), now() + HOUR_MS];
  return (address) => {
    if (now() >= until) [secret, until] = [randomBytes(32), now() + HOUR_MS];
    const part = networkPart(address.replace(/^::ffff:/i, ""));
    return part === "local" ? part : createHmac("sha256", secret).update(part).digest("base64url").slice(0, 16);
  };
}

function networkPart(address: string): string {
  if (/^127\./.test(address) || address === "::1" || address === "") return "local";
  if (!address.includes(":")) return address.split(".").slice(0, 3).join(".");
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  return [...groups, ...Array.from({ length: missing }, () => "0")].slice(0, 3).join(":");
}
