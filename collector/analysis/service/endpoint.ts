import type { LocalSuspect } from "../../../protocol/records/local.ts";
import { isBlocking, type Verdict } from "../../../protocol/verdict.ts";
import { classifyAgainst, RULES_VERSION } from "../classify.ts";
import type { Knowledge } from "../knowledge.ts";
import type { ControlFacts } from "../read/control.ts";
import { readControl } from "../read/control.ts";
import { isTrusted } from "../read/facts.ts";
import type { LinkView } from "../read/link-view.ts";
import type { Endpoint } from "./split.ts";

/** What a control shows of one endpoint: reached means connected, or, where handshakes are made, completed. */
export function readEndpoint(
  endpoint: Endpoint,
  from: { place: string | null; measuredAt: number; probe: string; alive: boolean },
): ControlFacts {
  const { body } = endpoint;
  const facts = readControl({ ...from, body });
  const target = body.tls.filter(({ purpose }) => purpose === "target");
  const reached = target.length > 0 ? target.some(({ failure }) => failure === null) : facts.connected.size > 0;
  const asked = body.http.some(({ purpose }) => purpose === undefined);
  return {
    ...facts,
    usable: facts.usable && from.alive,
    handshake: reached,
    status: asked ? facts.status : reached ? 200 : null,
  };
}

/** The verdict on one endpoint by the rules of the table; what they leave open is open where the endpoint answered. */
export function judgeEndpoint(
  endpoint: Endpoint,
  seen: { local: readonly LocalSuspect[]; link: LinkView | null; alive: boolean },
  controls: readonly ControlFacts[],
  knowledge: Knowledge,
): Verdict {
  const verdict = classifyAgainst({ ...seen, body: endpoint.body }, controls, knowledge);
  if (!isUndecided(verdict)) return verdict;
  const { body } = endpoint;
  const target = body.tls.filter(({ purpose }) => purpose === "target");
  const answered = body.http.filter(({ status, purpose }) => status !== null && purpose === undefined);
  const issuers = new Set(controls.flatMap((control) => [...control.issuers]));
  const known = target.filter((step) => isTrusted(step) || (step.leaf !== null && issuers.has(step.leaf.issuer)));
  const connected = body.tcp.filter(({ failure, purpose }) => failure === null && purpose === undefined);
  const asked = body.http.some(({ purpose }) => purpose === undefined);
  const open = asked ? answered : target.length > 0 ? known.filter(({ failure }) => failure === null) : connected;
  if (open.length === 0) return verdict;
  return {
    code: "ok",
    stage: "none",
    strength: "self-evident",
    rule: "endpoint-answers",
    rulesVersion: RULES_VERSION,
    reasons: [{ says: "the endpoint answers", steps: open.map(({ id }) => id), of: "probe" }],
  };
}

/** A claim of the rules stands, and so does what they say of the line and the host. */
function isUndecided({ code }: Verdict): boolean {
  if (isBlocking(code)) return code === "tls_mitm";
  return code === "inconclusive" || code === "site_down" || code === "origin_side";
}
