import type { WebBody } from "../../protocol/records/web.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import { hostOf } from "./read/urls.ts";
import { CAME_IN_PLAIN, TRUSTED_PAGE } from "./rules/ok.ts";
import { RULES_VERSION } from "./rules/table.ts";

/**
 * The verdict of a measurement that went as nearly all go: the system resolver named an address, that address showed a
 * certificate for the name, and the page came over it, with nothing else failing but questions for the same name. Then
 * no control, no state of the line and nothing else that is known can change what the rule table says, and it need not
 * be asked; null where it must be. A property test holds this to the table.
 */
export function plainVerdict({ url, dns, tcp, tls, http, local }: WebBody): Verdict | null {
  const [page, more] = http;
  if (page === undefined || more !== undefined || (local !== undefined && local.length > 0)) return null;
  const { status } = page;
  if (page.failure !== null || page.purpose !== undefined || page.url !== url) return null;
  if (status === null || status < 200 || status >= 300) return null;
  const host = hostOf(url);
  if (host === null || !tcp.every(isConnected) || !tls.every(isTrustedTarget)) return null;
  const shake = tls.find(({ id }) => id === page.tls);
  if (shake === undefined || shake.sni !== host || shake.tcp !== page.tcp) return null;
  const connection = tcp.find(({ id }) => id === page.tcp);
  return connection !== undefined && isNamed(connection.ip, host, dns) ? cameInPlain(page.id) : null;
}

/** Whether the system resolver names an address for a host, nothing was put in, and no question for others failed. */
function isNamed(ip: string, host: string, dns: WebBody["dns"]): boolean {
  let named = false;
  for (const { name, failure, late, resolver, ttl, answers } of dns) {
    if (late.length > 0 || (failure !== null && name !== host)) return false;
    if (resolver === "system" && ttl === undefined && name === host)
      named ||= answers.some(({ type, data }) => data === ip && (type === "A" || type === "AAAA"));
  }
  return named;
}

function isConnected({ failure, purpose }: WebBody["tcp"][number]): boolean {
  return failure === null && purpose === undefined;
}

function isTrustedTarget({ failure, purpose, trusted }: WebBody["tls"][number]): boolean {
  return failure === null && purpose === "target" && trusted === true;
}

/** Verdicts made, by the id of the step: nearly all measurements share a few. */
const MADE: Verdict[] = [];
const MADE_MOST = 256;

function cameInPlain(step: number): Verdict {
  const known = MADE[step];
  if (known !== undefined) return known;
  const made: Verdict = {
    ...{
      code: "ok",
      stage: "none",
      strength: "self-evident",
      reasons: [{ says: CAME_IN_PLAIN, steps: [step], of: "probe" }],
    },
    ...{ rule: TRUSTED_PAGE, rulesVersion: RULES_VERSION },
  };
  Object.freeze(made.reasons);
  if (step < MADE_MOST) MADE[step] = Object.freeze(made);
  return made;
}
