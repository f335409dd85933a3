import type { Failure } from "../../../protocol/failure.ts";
import type { DnsStep, WebBody } from "../../../protocol/records/web.ts";
import type { SiteState } from "../causes/site-weather.ts";
import type { EpochMs } from "../types.ts";
import { DNS_DENIALS } from "./dns-denials.ts";
import { addressesIn, isTrusted, readFacts } from "./facts.ts";
import { pagesOf } from "./page.ts";

/** A control's measurement of the same target: body, where its probe stands, and when (true time). */
export type Control = {
  body: WebBody;
  place: string | null;
  measuredAt: EpochMs;
  /** Which probe measured it; results of one probe that differ show a site that comes and goes. */
  probe?: string;
};

export type ClearPage = { status: number; bodyBytes: number; truncated: boolean; title: string | null };

/** What matters of a control's measurement: small enough to keep for days. Sets are of lower-case text. */
export type ControlFacts = {
  /** Which probe it was; null when not known. */
  probe: string | null;
  place: string | null;
  measuredAt: EpochMs;
  /** False when the control's own line or host failed: it says nothing. */
  usable: boolean;
  addresses: ReadonlySet<string>;
  connected: ReadonlySet<string>;
  /** A handshake for the name whose certificate holds. */
  handshake: boolean;
  /** SHA-256 of the leaf certificates seen for the name, and who issued them. */
  leaves: ReadonlySet<string>;
  issuers: ReadonlySet<string>;
  /** Status of the first host's answer. */
  status: number | null;
  trustedPage: boolean;
  leadsTo: string | null;
  clearPages: readonly ClearPage[];
  /** Its own page was one that is known to stand for blocked ones. */
  marked: boolean;
  /** Its results of late went to and fro between well and ill. */
  restless: boolean;
};

const OWN_LINE: readonly Failure[] = ["network_down", "network_unreachable", "network_reset", "interrupted"];

/** Reduces a control's measurement to what rules compare with. */
export function readControl(control: Control): ControlFacts {
  const facts = readFacts(control.body);
  const pages = pagesOf(facts);
  const tls = facts.paths.flatMap((path) => path.tls);
  return {
    probe: control.probe ?? null,
    place: control.place,
    measuredAt: control.measuredAt,
    usable: isUsable(control.body),
    addresses: new Set(
      facts.dns
        .filter(({ failure }) => failure === null || failure === "dns_bogon_error")
        .flatMap((step) => addressesIn(step.answers)),
    ),
    connected: new Set(
      facts.paths.filter((path) => path.tcp.some(({ failure }) => failure === null)).map(({ ip }) => ip),
    ),
    handshake: tls.some(isTrusted),
    leaves: new Set(tls.flatMap((step) => step.chain.slice(0, 1))),
    issuers: new Set(tls.flatMap(({ leaf }) => (leaf === null ? [] : [leaf.issuer]))),
    status: pages[0]?.status ?? null,
    trustedPage: pages[0]?.trusted ?? false,
    leadsTo: pages[0]?.leadsTo ?? null,
    clearPages: pages
      .filter((page) => page.clear)
      .map(({ step, status }) => ({ status, bodyBytes: step.bodyBytes, truncated: step.truncated, title: step.title })),
    marked: pages.some(({ step }) => step.blockPage !== undefined),
    restless: false,
  };
}

function isUsable(body: WebBody): boolean {
  const steps = [...body.dns, ...body.tcp, ...body.tls, ...body.http];
  const suspects = body.local ?? [];
  if (suspects.some(({ kind }) => kind === "captive_portal" || kind === "resolver_dead" || kind === "vpn"))
    return false;
  if (body.dns.length > 0 && !body.dns.some(isHeard) && !body.tcp.some(({ failure }) => failure === null)) return false;
  return steps.some(({ failure }) => failure === null || !OWN_LINE.includes(failure));
}

/** Whether a resolver said anything: without that, and without any connection, it is the control that is cut off. */
function isHeard({ rcode, failure }: DnsStep): boolean {
  return rcode !== null || failure === null || (DNS_DENIALS.includes(failure) && failure !== "dns_temporary_failure");
}

/** Whether the site was well for a control: it answered, and not with an error of its own. */
export function isWell({ status }: ControlFacts): boolean {
  return status !== null && status < 500;
}

/** How a control found the site; null when its own line or host failed, so that it says nothing. */
export function siteState(facts: ControlFacts): SiteState | null {
  if (!facts.usable) return null;
  if (facts.status === null) return "ill";
  return isWell(facts) ? "well" : "error";
}

/**
 * Whether the site comes and goes: at least half of the controls saw it well and ill at about the same time, or to and
 * fro of late. Then a failure of the witness, and a success of its follow-up, may be chance.
 */
export function isUnsteady(controls: readonly ControlFacts[]): boolean {
  const byProbe = new Map<string, ControlFacts[]>();
  for (const control of controls)
    if (control.usable && control.probe !== null)
      byProbe.set(control.probe, [...(byProbe.get(control.probe) ?? []), control]);
  const flapping = [...byProbe.values()].filter(
    (own) => own.some(({ restless }) => restless) || (own.some(isWell) && !own.every(isWell)),
  );
  return flapping.length > 0 && flapping.length * 2 >= byProbe.size;
}
