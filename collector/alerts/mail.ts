import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import { errorCode } from "../../protocol/coded-error.ts";
import { within } from "../../protocol/deadline.ts";
import type { Config } from "../config.ts";
import { type Delivery, notSetUp, type Outcome } from "./outcome.ts";

const DEADLINE_MS = 60_000;

type MailConfig = Pick<Config, "smtpUrl" | "mailFrom" | "proxy">;

/**
 * Sends alerts as plain text by the collector's mail server. A server elsewhere must speak TLS. The message id is made
 * from the key, so that a repeat can be told from a second alert.
 */
export function createMailer(
  { smtpUrl, mailFrom, proxy }: MailConfig,
  { deadlineMs = DEADLINE_MS, stop }: { deadlineMs?: number; stop?: AbortSignal } = {},
) {
  return async ({ to }: { to: string }, { key, message }: Delivery): Promise<Outcome> => {
    if (smtpUrl === null || mailFrom === null)
      return notSetUp("KUAGER_COLLECTOR_SMTP_URL and KUAGER_COLLECTOR_MAIL_FROM");
    const { createTransport } = await import("nodemailer");
    const socks = proxy?.startsWith("socks5:") ? await socksConnector(proxy) : null;
    const transport = createTransport({
      url: smtpUrl,
      requireTLS: !isLoopback(smtpUrl),
      ...{ connectionTimeout: deadlineMs, greetingTimeout: deadlineMs, socketTimeout: deadlineMs },
      ...{ disableFileAccess: true, disableUrlAccess: true, logger: false },
      ...(proxy !== null && socks === null && { proxy }),
      ...(socks !== null && { getSocket: socks }),
    });
    try {
      await transport.sendMail({
        ...{ from: mailFrom, to, subject: message.title, text: `${message.text}\n` },
        messageId: `<${key}@${
          mailFrom
            .split("@")
            .at(-1)
            ?.replace(/[^\w.-]/g, "") ?? "kuager"
        }>`,
        headers: { "auto-submitted": "auto-generated", precedence: "list" },
        signal: within(deadlineMs, ...(stop === undefined ? [] : [stop])),
      });
      return { ok: true };
    } catch (error) {
      return failedBy(error);
    } finally {
      transport.close();
    }
  };
}

/** What went wrong, by codes: texts of mail servers repeat addresses. */
function failedBy(error: unknown): Outcome {
  const status = error instanceof Error && "responseCode" in error ? Number(error.responseCode) : null;
  if (status !== null && status >= 400)
    return { ok: false, lasting: status >= 500, problem: `the mail server answers ${status}` };
  if (error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError"))
    return { ok: false, lasting: false, problem: "the mail was not taken before the deadline" };
  return { ok: false, lasting: false, problem: `the mail server cannot be reached (${errorCode(error) ?? "unknown"})` };
}

function isLoopback(smtpUrl: string): boolean {
  const { hostname } = new URL(smtpUrl);
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}

type Connected = (error: Error | null, socket?: { connection: Socket }) => void;
type GetSocket = (options: { host?: string | undefined; port?: number | string | undefined }, done: Connected) => void;

/** Opens sockets to the mail server by a SOCKS5 proxy, which looks up the name. */
async function socksConnector(proxy: string): Promise<GetSocket> {
  const { SocksProxyAgent } = await import("socks-proxy-agent");
  const agent = new SocksProxyAgent(proxy.replace(/^socks5:/, "socks5h:"));
  // The agent is made for HTTP; of the request it only tells that a proxy is used, and ends it with the socket.
  const request = { emit: () => false, destroy: () => undefined } as unknown as ClientRequest;
  return ({ host = "localhost", port = 25 }, done) => {
    agent
      .connect(request, { host, port: Number(port), secureEndpoint: false })
      .then((connection) => done(null, { connection }), done);
  };
}
