import { z } from "zod";

const Port = z.int().min(1).max(65535);
const Endpoint = z.object({ ip: z.ipv4(), port: Port });
const Credential = z.object({ certificate: z.string(), key: z.string() });

/** What is sent in place of a site's answer. */
export const Answer = z.object({
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type Answer = z.infer<typeof Answer>;

/** How a connection that names the target is ended, or left hanging. */
export const Ending = z.enum(["reset", "fin", "silence"]);

/** One listening box. Connections are led to its port by the router it runs on. */
export const Box = z.discriminatedUnion("box", [
  z.object({
    box: z.literal("tls-filter"),
    port: Port,
    /** Where connections go that are let through. */
    upstream: Endpoint,
    name: z.string(),
    /** A certificate: the handshake is answered with it and what is said read and passed on. */
    does: z.union([Ending, z.literal("alert"), Credential]),
  }),
  z.object({
    box: z.literal("http-filter"),
    port: Port,
    upstream: Endpoint,
    /** Host header that is filtered; null filters all. */
    host: z.string().nullable(),
    does: z.union([Ending, Answer]),
  }),
  z.object({
    box: z.literal("page"),
    /** Address of the router's own, or 0.0.0.0 where connections are led to it. */
    address: z.ipv4(),
    port: Port,
    credential: Credential.nullable(),
    answer: Answer,
  }),
  z.object({
    box: z.literal("dns-racer"),
    address: z.ipv4(),
    port: Port,
    /** The resolver that was asked. */
    upstream: Endpoint,
    name: z.string(),
    lie: z.ipv4(),
    /** By how much the true answer comes later. */
    laterMs: z.number().min(0),
  }),
]);
export type Box = z.infer<typeof Box>;

/** One line of standard input: from now on these boxes, and no others. */
export const Orders = z.object({ boxes: z.array(Box).max(16) });
