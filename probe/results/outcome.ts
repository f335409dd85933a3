import type { ImBody } from "../../protocol/records/im.ts";
import type { HttpStep, TlsStep, WebBody } from "../../protocol/records/web.ts";

/** How one measurement ended, as its volunteer may see it. No verdict: one probe alone cannot tell why. */
export type Outcome =
  | "opened"
  | "refusal"
  | "notice"
  | "stranger"
  | "noName"
  | "noConnection"
  | "noSecure"
  | "noPage"
  | "answers"
  | "silent";

const GONE = 400;

/** Reads how a site opened: a page, an error page, a block notice, or the step at which it ended. Pure. */
export function outcomeOf({ tcp, tls, http }: Pick<WebBody, "tcp" | "tls" | "http">): Outcome {
  const pages = http.filter(({ purpose }) => purpose === undefined);
  if (pages.some(({ blockPage }) => blockPage !== undefined)) return "notice";
  const hands = tls.filter(({ purpose }) => purpose === "target");
  const held = new Set(hands.filter(({ trusted }) => trusted === true).map(({ id }) => id));
  const came = pages.filter(({ failure, status }) => failure === null && status !== null && !isHop(status));
  const genuine = came.filter((page) => page.tls === null || held.has(page.tls));
  if (genuine.length > 0) return genuine.some(isOpen) ? "opened" : "refusal";
  if (hands.some(({ trusted }) => trusted === false)) return "stranger";
  if (pages.length > 0) return "noPage";
  if (hands.length > 0) return "noSecure";
  return tcp.some(({ purpose }) => purpose === undefined) ? "noConnection" : "noName";
}

/**
 * Whether anything of a messenger answers, as the collector reads its endpoints: one that is spoken to by a handshake that
 * holds or a page, one that is only connected to (a data centre) by the connection, which before a `portal` shows
 * nothing, as does a page in clear. Pure.
 */
export function messengerOutcome(body: Pick<ImBody, "dns" | "tcp" | "tls" | "http">, portal: boolean): Outcome {
  const hands = body.tls.filter(({ purpose }) => purpose === "target");
  if (hands.some(({ failure, trusted }) => failure === null && trusted === true)) return "answers";
  const pages = body.http.filter(({ purpose }) => purpose === undefined);
  if (portal) return "silent";
  if (pages.some(({ tls, status }) => tls === null && status !== null)) return "answers";
  return connectsAlone(body, [...hands, ...pages]) ? "answers" : "silent";
}

/** Whether a connection stood to an endpoint to which nothing more is said. Names may share an address. */
function connectsAlone({ dns, tcp }: Pick<ImBody, "dns" | "tcp">, said: readonly (TlsStep | HttpStep)[]): boolean {
  const ports = new Map(tcp.map(({ id, port }) => [id, port]));
  const spoken = new Set(said.map((step) => `${nameOf(step)} ${ports.get(step.tcp)}`));
  const under = new Set(said.map((step) => step.tcp));
  return tcp.some(({ id, ip, port, failure, purpose }) => {
    if (failure !== null || purpose !== undefined || under.has(id)) return false;
    const owners = dns.filter(({ answers }) => answers.some(({ data }) => data.toLowerCase() === ip.toLowerCase()));
    return owners.length === 0 || owners.some(({ name }) => !spoken.has(`${name.toLowerCase()} ${port}`));
  });
}

function nameOf(step: TlsStep | HttpStep): string {
  if ("sni" in step) return (step.sni ?? "").toLowerCase();
  return URL.canParse(step.url) ? new URL(step.url).hostname : "";
}

function isOpen({ status }: HttpStep): boolean {
  return status !== null && status < GONE;
}

function isHop(status: number): boolean {
  return status >= 300 && status < 400;
}
