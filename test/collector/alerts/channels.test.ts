import { createHmac } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChannelConfig, createChannels } from "../../../collector/alerts/channels.ts";
import { testMessage } from "../../../collector/alerts/message.ts";
import { type Channel, newWebhookSecret, Subscription, shownChannel } from "../../../collector/alerts/subscription.ts";
import { createOutward, type Outward } from "../../../collector/outward.ts";
import { testNotice } from "../../../dashboards/words/notice.ts";
import { startSocksProxy } from "../../world/proxies.ts";
import { type HardServer, startHardServer } from "../hard-server.ts";

const NOTHING: ChannelConfig = {
  ...{ proxy: null, smtpUrl: null, mailFrom: null, telegramUrl: "http://127.0.0.1:9", telegramToken: null },
  ...{ matrixUrl: null, matrixToken: null, ntfyToken: null },
};
const SECRET = newWebhookSecret();
const ALL = { label: "", confidence: "probable", regions: [], asns: [], targets: [], kinds: [] } as const;
const message = testMessage(
  Subscription.parse({ ...ALL, channel: { kind: "email", to: "a@example.org" }, language: "ru" }),
  { testNotice },
  0,
);
const delivery = { key: "0b6f3e7e-1111-4222-8333-444455556666", message };

let server: HardServer;
let outward: Outward;
beforeAll(async () => {
  server = await startHardServer();
  outward = await createOutward(null);
});
afterAll(async () => {
  await outward.close();
  await server.close();
});

const send = (channel: Channel, config: Partial<ChannelConfig> = {}, deadlineMs = 30_000) =>
  createChannels({ ...NOTHING, ...config }, outward, { now: () => 1_780_000_000_000, deadlineMs })(channel, delivery);

describe("a webhook", () => {
  const channel = (): Channel => ({ kind: "webhook", url: `${server.url}/hook?token=T`, secret: SECRET });

  test("carries the message as JSON, signed over id, time and body", async () => {
    server.act = 200;
    expect(await send(channel())).toEqual({ ok: true });
    const heard = server.heard.at(-1);
    expect(heard).toMatchObject({ method: "POST", path: "/hook?token=T" });
    expect(JSON.parse(heard?.body ?? "")).toEqual(message.body);
    const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signature } = heard?.headers ?? {};
    expect([id, time]).toEqual([delivery.key, "1780000000"]);
    const key = Buffer.from(SECRET.slice(6), "base64");
    const mac = createHmac("sha256", key).update(`${id}.${time}.${heard?.body}`).digest("base64");
    expect(signature).toBe(`v1,${mac}`);
  });

  test.each([
    [500, false, /500/],
    [503, false, /503/],
    [429, false, /429/],
    [400, true, /400/],
    [404, true, /404/],
    ["redirect", true, /redirects are not followed/],
    ["hang", false, /deadline/],
    ["drip", false, /deadline/],
    ["reset", false, /no answer/],
    ["megabytes", false, /more than/],
  ] as const)(
    "to a receiver that does this: %s, is not taken (for good: %s), in words without address and key",
    async (act, lasting, words) => {
      server.act = act;
      // Only what never ends has to wait for the deadline; on a busy machine the others may take their time.
      const outcome = await send(channel(), {}, act === "hang" || act === "drip" ? 300 : 30_000);
      expect(outcome).toMatchObject({ ok: false, lasting, problem: expect.stringMatching(words) });
      expect(JSON.stringify(outcome)).not.toMatch(/127\.0\.0\.1|hook|whsec|token/);
    },
  );

  test("to nobody who listens is not taken", async () => {
    const outcome = await send({ kind: "webhook", url: "http://127.0.0.1:9/", secret: SECRET });
    expect(outcome).toEqual({ ok: false, lasting: false, problem: "no answer (ECONNREFUSED)" });
  });
});

describe("Telegram, Matrix and ntfy", () => {
  test("get the words as plain text, each in its own form", async () => {
    server.act = 200;
    const before = server.heard.length;
    const url = server.url;
    const outcomes = [
      await send({ kind: "telegram", chat: "@kuager_test" }, { telegramUrl: url, telegramToken: "1:BOT" }),
      await send({ kind: "matrix", room: "!room:example.org" }, { matrixUrl: url, matrixToken: "MX" }),
      await send({ kind: "ntfy", server: url, topic: "kuager" }, { ntfyToken: "NT" }),
    ];
    expect(outcomes).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    const [telegram, matrix, ntfy] = server.heard
      .slice(before)
      .map(({ body, ...rest }) => ({ ...rest, body: JSON.parse(body) }));
    expect(telegram).toMatchObject({ path: "/bot1:BOT/sendMessage", body: { chat_id: "@kuager_test" } });
    expect(telegram?.body).toMatchObject({
      text: `${message.title}\n\n${message.text}`,
      link_preview_options: { is_disabled: true },
    });
    expect(telegram?.body).not.toHaveProperty("parse_mode");
    expect(matrix).toMatchObject({
      ...{ method: "PUT", headers: { authorization: "Bearer MX" } },
      path: `/_matrix/client/v3/rooms/!room%3Aexample.org/send/m.room.message/${delivery.key}`,
      body: { msgtype: "m.notice" },
    });
    expect(ntfy).toMatchObject({
      headers: { authorization: "Bearer NT" },
      body: { topic: "kuager", title: message.title },
    });
  });

  test.each([
    { kind: "telegram", chat: "1" },
    { kind: "matrix", room: "!r:example.org" },
    { kind: "email", to: "a@example.org" },
  ] as const)("of which the collector knows no account say so: $kind", async (channel) => {
    expect(await send(channel)).toMatchObject({
      ok: false,
      lasting: false,
      problem: /not set up/ as unknown as string,
    });
  });
});

describe("e-mail", () => {
  type Mail = { from: string; to: string; data: string };
  const mails: Mail[] = [];
  let refuse: { code: number } | null = null;
  let smtp: SMTPServer;
  let smtpUrl = "";
  beforeAll(async () => {
    smtp = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ["STARTTLS"], hideSTARTTLS: true, logger: false },
      onAuth: (auth, _session, done) =>
        auth.password === "right" ? done(null, { user: "u" }) : done(new Error("no such user u")),
      onRcptTo: (address, _session, done) => {
        const error = new Error(`mailbox ${address.address} unavailable`);
        done(refuse === null ? null : Object.assign(error, { responseCode: refuse.code }));
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => {
          const { mailFrom, rcptTo } = session.envelope;
          const from = mailFrom === false || mailFrom === undefined ? "" : mailFrom.address;
          mails.push({ from, to: rcptTo[0]?.address ?? "", data: Buffer.concat(parts).toString() });
          done();
        });
      },
    });
    smtp.on("error", () => undefined);
    await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
    smtpUrl = `smtp://u:right@127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
  const channel: Channel = { kind: "email", to: "reader@example.org" };
  const mailFrom = "alerts@kuager.example.org";

  test("is plain text in the reader's language, with an id that a repeat shares", async () => {
    expect(await send(channel, { smtpUrl, mailFrom })).toEqual({ ok: true });
    const mail = mails.at(-1);
    expect(mail).toMatchObject({ from: mailFrom, to: "reader@example.org" });
    expect(mail?.data).toContain(`Message-ID: <${delivery.key}@kuager.example.org>`);
    expect(mail?.data).toMatch(/Content-Type: text\/plain; charset=utf-8/);
    expect(mail?.data).toMatch(/Auto-Submitted: auto-generated/i);
    expect(mail?.data).toMatch(/Subject: =\?UTF-8\?/);
  });

  test.each([
    [550, true],
    [451, false],
  ])("that the server answers with %i is given up for good: %s, and the words name nobody", async (code, lasting) => {
    refuse = { code };
    const outcome = await send(channel, { smtpUrl, mailFrom });
    refuse = null;
    expect(outcome).toEqual({ ok: false, lasting, problem: `the mail server answers ${code}` });
  });

  test("with a wrong password is refused in words without it", async () => {
    const outcome = await send(channel, { smtpUrl: smtpUrl.replace("right", "wrong"), mailFrom });
    expect(outcome).toMatchObject({ ok: false, problem: expect.stringMatching(/^the mail server answers 5\d\d$/) });
  });

  test("to a server that says nothing ends at the deadline", async () => {
    const mute = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const { port } = mute.address() as AddressInfo;
    const outcome = await send(channel, { smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom }, 300);
    expect(outcome).toMatchObject({ ok: false, lasting: false });
    mute.close();
  });

  test("to a server elsewhere is not sent without TLS", async () => {
    // "localhost." is this machine too, and no name for which TLS may be left out.
    const elsewhere = smtpUrl.replace("127.0.0.1", "localhost.");
    const before = mails.length;
    expect(await send(channel, { smtpUrl: elsewhere, mailFrom })).toMatchObject({ ok: false });
    expect(mails).toHaveLength(before);
  });

  test("goes out by a SOCKS proxy, which looks up the name", async () => {
    const proxy = await startSocksProxy("127.0.0.1");
    const named = smtpUrl.replace("127.0.0.1", "localhost");
    const outcome = await send(channel, { smtpUrl: named, mailFrom, proxy: `socks5://127.0.0.1:${proxy.port}` });
    expect(outcome).toEqual({ ok: true });
    expect(proxy.asked).toEqual([`localhost:${new URL(named).port}`]);
    await proxy.close();
  });
});

describe("a subscription", () => {
  const schema = (channel: unknown) => Subscription.safeParse({ ...ALL, language: "en", channel }).success;

  test.each([
    ["https://hooks.example.org/x", true],
    ["https://10.0.0.5/x", true],
    ["http://127.0.0.1:9000/x", true],
    ["http://abcdefghijklmnop.onion/x", true],
    ["http://hooks.example.org/x", false],
    ["http://192.168.1.5/x", false],
    ["https://user:pass@hooks.example.org/", false],
    ["file:///etc/passwd", false],
    ["gopher://127.0.0.1/", false],
    ["https://", false],
  ])("with the webhook %s may be made: %s", (url, allowed) => {
    expect(schema({ kind: "webhook", url, secret: SECRET })).toBe(allowed);
  });

  test.each([
    { kind: "email", to: "a@example.org\r\nBcc: b@example.org" },
    { kind: "telegram", chat: "../getMe" },
    { kind: "matrix", room: "room" },
    { kind: "ntfy", server: "https://ntfy.example.org", topic: "a/b" },
    { kind: "sms", to: "1" },
  ])("to %j is refused", (channel) => {
    expect(schema(channel)).toBe(false);
  });

  test("shows where it leads in so few letters that nobody can use it", () => {
    expect(shownChannel({ kind: "webhook", url: "https://h.example.org/SECRET", secret: SECRET })).toBe(
      "https://h.example.org/…",
    );
    expect(shownChannel({ kind: "email", to: "aigerim@example.org" })).toBe("a…@example.org");
    expect(shownChannel({ kind: "telegram", chat: "-1001234567890" })).toBe("…890");
    expect(shownChannel({ kind: "ntfy", server: "https://n.example.org", topic: "secret-topic" })).toBe(
      "https://n.example.org/se…",
    );
  });
});
