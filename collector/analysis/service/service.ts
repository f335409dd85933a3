import type { ImBody } from "../../../protocol/records/im.ts";
import type { LocalSuspect } from "../../../protocol/records/local.ts";
import { isBlocking, type Reason, VERDICT_CODES, type Verdict, type VerdictCode } from "../../../protocol/verdict.ts";
import { RULES_VERSION } from "../classify.ts";
import type { Knowledge } from "../knowledge.ts";
import type { ControlFacts } from "../read/control.ts";
import type { LinkView } from "../read/link-view.ts";
import { isAlive } from "../rules/local.ts";
import type { EpochMs } from "../types.ts";
import { judgeEndpoint, readEndpoint } from "./endpoint.ts";
import { type Endpoint, splitService } from "./split.ts";

/** A control's measurement of the same messenger. */
export type ServiceControl = { body: ImBody; place: string | null; measuredAt: EpochMs; probe: string };
/** What matters of it, by endpoint. */
export type ServiceFacts = { measuredAt: EpochMs; restless: boolean; endpoints: ReadonlyMap<string, ControlFacts> };
export type EndpointVerdict = { endpoint: string; verdict: Verdict };
export type ServiceVerdict = { verdict: Verdict; endpoints: EndpointVerdict[] };

/** Reduces a control's measurement of a messenger. */
export function readService({ body, place, measuredAt, probe }: ServiceControl): ServiceFacts {
  const from = { place, measuredAt, probe, alive: isAlive(body) };
  const endpoints = splitService(body).map((one) => [one.id, readEndpoint(one, from)] as const);
  return { measuredAt, restless: false, endpoints: new Map(endpoints) };
}

/** Whether a messenger was well for a control: something of it answered. */
export function isServiceWell({ endpoints }: ServiceFacts): boolean {
  return [...endpoints.values()].some(({ status }) => status !== null);
}

/**
 * Verdicts on each endpoint of a messenger, and on the messenger. Pure and total. Data centres count together, as
 * clients try them all; each named endpoint does a work of its own.
 */
export function classifyService(
  measurement: { body: ImBody; local: readonly LocalSuspect[]; link: LinkView | null },
  controls: readonly ServiceFacts[],
  knowledge: Knowledge,
): ServiceVerdict {
  const { body, local, link } = measurement;
  const seen = { local, link, alive: isAlive(body) };
  const parts = splitService(body).map((endpoint) => {
    const facts = controls.flatMap((control) => {
      const own = control.endpoints.get(endpoint.id);
      return own === undefined ? [] : [{ ...own, restless: own.restless || control.restless }];
    });
    return { endpoint, centre: isCentre(endpoint, facts), verdict: judgeEndpoint(endpoint, seen, facts, knowledge) };
  });
  return {
    verdict: summarize(parts),
    endpoints: parts.map(({ endpoint, verdict }) => ({ endpoint: endpoint.id, verdict })),
  };
}

type Part = { endpoint: Endpoint; centre: boolean; verdict: Verdict };

function summarize(parts: readonly Part[]): Verdict {
  const centres = parts.filter(({ centre }) => centre);
  const named = parts.filter(({ centre }) => !centre);
  const shut = centres.filter(isShut);
  // Centres of which nothing can be said do not keep the others from speaking, unless they are the most.
  const centresShut = shut.length > 0 && !centres.some(isOpen) && shut.length * 2 > centres.length;
  const blocked = [...(centresShut ? shut : []), ...named.filter(isShut)];
  if (blocked.length > 0) return blockedService(blocked, parts);
  const open = parts.filter(isOpen);
  const says = [tell(centres, "data-centre endpoints answer"), tell(named, "named endpoints answer")].flat();
  if (open.length > 0) return verdictOf("ok", "service-answers", bestStrength(open), says);
  const codes = new Set(parts.map(({ verdict }) => verdict.code));
  const [only] = codes;
  const common = codes.size === 1 && only !== undefined ? only : "inconclusive";
  return verdictOf(common, "service-not-reached", common === "inconclusive" ? "weak" : bestStrength(parts), says);
}

function blockedService(blocked: readonly Part[], parts: readonly Part[]): Verdict {
  const counts = new Map<VerdictCode, number>();
  for (const { verdict } of blocked) counts.set(verdict.code, (counts.get(verdict.code) ?? 0) + 1);
  const code = VERDICT_CODES.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best));
  const first = blocked.find(({ verdict }) => verdict.code === code);
  const open = parts.filter(isOpen);
  const reasons: Reason[] = [
    ...blocked
      .slice(0, 16)
      .flatMap(({ endpoint, verdict }) =>
        verdict.reasons.slice(0, 1).map((reason) => ({ ...reason, says: `${endpoint.id}: ${reason.says}` })),
      ),
    ...whatIsLeft(parts),
    {
      says: `${blocked.length} of ${parts.length} endpoints are blocked, ${open.length} answer`,
      steps: [],
      of: "probe",
    },
  ];
  const verdict = verdictOf(code, "service-blocked", bestStrength(blocked), reasons);
  return { ...verdict, stage: first?.verdict.stage ?? "none" };
}

/** Which part of the service is shut and which still answers, where that differs. */
function whatIsLeft(parts: readonly Part[]): Reason[] {
  const open = parts.filter(isOpen);
  const shut = parts.filter(isShut);
  const [centres, named] = [shut.filter(({ centre }) => centre), shut.filter(({ centre }) => !centre)];
  if (open.length === 0) return [];
  const what = [
    centres.length > 0 ? `${centres.length} data centres` : null,
    named.length > 0 ? namesOf(named) : null,
  ].filter((one) => one !== null);
  return [
    {
      says: `shut: ${what.join(", ")}; open: ${namesOf(open)}`,
      steps: open.flatMap(({ verdict }) => verdict.reasons.slice(0, 1).flatMap(({ steps }) => steps)),
      of: "probe",
    },
  ];
}

function namesOf(parts: readonly Part[]): string {
  const shown = parts.slice(0, 8).map(({ endpoint }) => endpoint.id);
  return parts.length > shown.length ? `${shown.join(", ")} and ${parts.length - shown.length} more` : shown.join(", ");
}

/** A data centre: reached by address, or a name that nobody does more with than connect. */
function isCentre({ byAddress, body }: Endpoint, controls: readonly ControlFacts[]): boolean {
  const more = controls.some(({ leaves, clearPages }) => leaves.size > 0 || clearPages.length > 0);
  return byAddress || (body.tls.length + body.http.length === 0 && !more);
}

function isShut({ verdict }: Part): boolean {
  return isBlocking(verdict.code);
}

function isOpen({ verdict }: Part): boolean {
  return verdict.code === "ok" || verdict.code === "geo_block";
}

function tell(parts: readonly Part[], says: string): Reason[] {
  if (parts.length === 0) return [];
  const steps = parts.flatMap(({ verdict }) => verdict.reasons.flatMap((reason) => reason.steps));
  return [{ says: `${parts.filter(isOpen).length} of ${parts.length} ${says}`, steps, of: "probe" }];
}

function bestStrength(parts: readonly Part[]): Verdict["strength"] {
  const strengths = parts.map(({ verdict }) => verdict.strength);
  return (["self-evident", "contrasted"] as const).find((one) => strengths.includes(one)) ?? "weak";
}

function verdictOf(code: VerdictCode, rule: string, strength: Verdict["strength"], reasons: Reason[]): Verdict {
  return { code, stage: "none", strength, rule, rulesVersion: RULES_VERSION, reasons };
}
