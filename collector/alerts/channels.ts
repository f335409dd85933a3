import { createHmac } from "node:crypto";
import type { EpochMs } from "../analysis/types.ts";
import type { Config } from "../config.ts";
import type { Outward } from "../outward.ts";
import { createMailer } from "./mail.ts";
import { type Delivery, notSetUp, type Outcome, postJson } from "./outcome.ts";
import type { Channel } from "./subscription.ts";

/** Sends one message by the way that a channel names. Never throws for what the network or the receiver did. */
export type SendAlert = (channel: Channel, delivery: Delivery) => Promise<Outcome>;

type Kind = Channel["kind"];
type Sender<K extends Kind> = (channel: Extract<Channel, { kind: K }>, delivery: Delivery) => Promise<Outcome>;

export type ChannelConfig = Pick<
  Config,
  "proxy" | "smtpUrl" | "mailFrom" | "telegramUrl" | "telegramToken" | "matrixUrl" | "matrixToken" | "ntfyToken"
>;

const TELEGRAM_MAX = 4000;

/** What the collector must be told before it can send by a way; null where nothing is missing. */
export function missingSetting(
  { smtpUrl, mailFrom, telegramToken, matrixUrl, matrixToken }: ChannelConfig,
  kind: Kind,
): string | null {
  if (kind === "email" && (smtpUrl === null || mailFrom === null))
    return "KUAGER_COLLECTOR_SMTP_URL and KUAGER_COLLECTOR_MAIL_FROM";
  if (kind === "telegram" && telegramToken === null) return "KUAGER_COLLECTOR_TELEGRAM_TOKEN";
  if (kind === "matrix" && (matrixUrl === null || matrixToken === null))
    return "KUAGER_COLLECTOR_MATRIX_URL and KUAGER_COLLECTOR_MATRIX_TOKEN";
  return null;
}

/** Senders of every kind of channel, as far as the collector is set up for them. */
export function createChannels(
  config: ChannelConfig,
  outward: Outward,
  { now = Date.now, deadlineMs, stop }: { now?: () => EpochMs; deadlineMs?: number; stop?: AbortSignal } = {},
): SendAlert {
  const post = (question: Parameters<typeof postJson>[1]) =>
    postJson(outward, { ...question, ...(deadlineMs !== undefined && { deadlineMs }) });
  const senders: { [K in Kind]: Sender<K> } = {
    webhook: ({ url, secret }, { key, message }) => {
      const body = JSON.stringify(message.body);
      return post({ url, body, headers: signedHeaders(secret, { id: key, at: now(), body }) });
    },
    email: createMailer(config, { ...(deadlineMs !== undefined && { deadlineMs }), ...(stop && { stop }) }),
    telegram: async ({ chat }, { message }) => {
      const text = `${message.title}\n\n${message.text}`.slice(0, TELEGRAM_MAX);
      const url = `${config.telegramUrl}/bot${config.telegramToken}/sendMessage`;
      return post({ url, body: { chat_id: chat, text, link_preview_options: { is_disabled: true } } });
    },
    matrix: async ({ room }, { key, message }) => {
      // The transaction id makes a repeat harmless: the server knows it.
      const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${encodeURIComponent(key)}`;
      const body = { msgtype: "m.notice", body: `${message.title}\n\n${message.text}` };
      const headers = { authorization: `Bearer ${config.matrixToken}` };
      return post({ url: `${config.matrixUrl}${path}`, method: "PUT", headers, body });
    },
    ntfy: async ({ server, topic }, { message: { title, text, url } }) => {
      const headers = config.ntfyToken === null ? {} : { authorization: `Bearer ${config.ntfyToken}` };
      return post({ url: server, headers, body: { topic, title, message: text, ...(url !== null && { click: url }) } });
    },
  };
  return async (channel, delivery) => {
    const missing = missingSetting(config, channel.kind);
    if (missing !== null) return notSetUp(missing);
    switch (channel.kind) {
      case "webhook":
        return senders.webhook(channel, delivery);
      case "email":
        return senders.email(channel, delivery);
      case "telegram":
        return senders.telegram(channel, delivery);
      case "matrix":
        return senders.matrix(channel, delivery);
      case "ntfy":
        return senders.ntfy(channel, delivery);
    }
  };
}

/** Headers by which a receiver checks sender, body and age (Standard Webhooks: HMAC-SHA-256 of id, time and body). */
function signedHeaders(secret: string, { id, at, body }: { id: string; at: EpochMs; body: string }) {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${mac}` };
}
