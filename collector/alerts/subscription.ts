import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { Incident } from "../../protocol/incident.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Asn, RegionCode } from "../../protocol/primitives.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { SubscriptionTable } from "../store/admin-tables.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Where alerts may be sent over HTTP: https anywhere, plain http only to this machine and to onion services (which
 * encrypt by themselves). Only those who run the collector add addresses, so private networks are allowed: a relay of
 * their own often stands there. Redirects are never followed.
 */
const Address = z
  .string()
  .max(2048)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") return false;
    if (url.protocol === "https:") return true;
    return url.protocol === "http:" && (LOOPBACK.has(url.hostname) || url.hostname.endsWith(".onion"));
  }, "expected an https address (http only for this machine or an onion service)");

const Channel = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), url: Address, secret: z.string().regex(/^whsec_[\w+/=]{32,88}$/) }),
  z.strictObject({
    kind: z.literal("email"),
    to: z.email("must be an email address such as desk@example.org").max(254),
  }),
  z.strictObject({
    kind: z.literal("telegram"),
    chat: z
      .string()
      .regex(/^(?:-?\d{1,20}|@\w{5,32})$/, "must be a chat's number, or a public channel such as @channel"),
  }),
  z.strictObject({
    kind: z.literal("matrix"),
    room: z
      .string()
      .regex(/^![\w.~=/+-]{1,255}(?::[\w.:[\]-]{1,255})?$/, "must be a room's id such as !room:example.org"),
  }),
  z.strictObject({ kind: z.literal("ntfy"), server: Address, topic: z.string().regex(/^[\w-]{1,64}$/) }),
]);
export type Channel = z.infer<typeof Channel>;
export const CHANNELS = ["webhook", "email", "telegram", "matrix", "ntfy"] as const;

/** Who is told, of what, in which language. Empty lists mean all. */
export const Subscription = z.strictObject({
  channel: Channel,
  label: z.string().max(100),
  language: z.enum(["kk", "ru", "en"]),
  /** The least sure that is told. */
  confidence: z.enum(["observed", "probable", "confirmed"]),
  regions: z.array(RegionCode).max(64),
  asns: z.array(Asn).max(64),
  targets: z.array(z.string().min(1).max(253)).max(64),
  kinds: z.array(Incident.shape.kind).max(5),
});
export type Subscription = z.infer<typeof Subscription>;
export type StoredSubscription = {
  readonly id: string;
  readonly created: EpochMs;
  readonly subscription: Subscription;
};

/** A new key with which a receiver checks who sent a webhook (Standard Webhooks: 24 to 64 random bytes). */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** A channel as it is typed; the schema judges it. */
export function channelOf(kind: string, address: string): unknown {
  switch (kind) {
    case "webhook":
      return { kind, url: address, secret: newWebhookSecret() };
    case "email":
      return { kind, to: address };
    case "telegram":
      return { kind, chat: address };
    case "matrix":
      return { kind, room: address };
    default: {
      const cut = address.lastIndexOf("/");
      return { kind, server: address.slice(0, cut), topic: address.slice(cut + 1) };
    }
  }
}

/** Keeps a subscription under a new id. */
export async function addSubscription(
  table: SubscriptionTable,
  subscription: Subscription,
  at: EpochMs,
): Promise<string> {
  const id = randomUUID();
  await table.add({ id, created: at, subscription: JSON.stringify(subscription) });
  return id;
}

/** All subscriptions that can be read. */
export async function subscriptions(table: SubscriptionTable): Promise<StoredSubscription[]> {
  return (await table.all()).flatMap(({ id, created, subscription }) => {
    const parsed = parseJson(Subscription, subscription);
    return parsed.ok ? [{ id, created, subscription: parsed.value }] : [];
  });
}

/** Where a channel leads, in so few letters that one who runs the collector knows it and nobody else can use it. */
export function shownChannel(channel: Channel): string {
  switch (channel.kind) {
    case "webhook":
      return `${new URL(channel.url).origin}/…`;
    case "email":
      return `${channel.to.slice(0, 1)}…@${channel.to.split("@").at(-1) ?? ""}`;
    case "telegram":
      return channel.chat.startsWith("@") ? `${channel.chat.slice(0, 3)}…` : `…${channel.chat.slice(-3)}`;
    case "matrix":
      return `${channel.room.slice(0, 3)}…`;
    case "ntfy":
      return `${new URL(channel.server).origin}/${channel.topic.slice(0, 2)}…`;
  }
}
