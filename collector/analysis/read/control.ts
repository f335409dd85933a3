import type { Failure } from "../../../protocol/failure.ts";
import type { WebBody } from "../../../protocol/records/web.ts";
import type { EpochMs } from "../types.ts";
import { addressesIn, isTrusted, readFacts } from "./facts.ts";
import { pagesOf } from "./page.ts";

/** A control's measurement of the same target: body, where its probe stands, and when (true time). */
export type Control = { body: WebBody; place: string | null; measuredAt: EpochMs };

export type ClearPage = { status: number; bodyBytes: number; truncated: boolean; title: string | null };

/** What matters of a control's measurement: small enough to keep for days. Sets are of lower-case text. */
export type ControlFacts = {
  place: string | null;
  measuredAt: EpochMs;
  /** False when the control's own line or host failed: it says nothing. */
  usable: boolean;
  addresses: ReadonlySet<string>;
  connected: ReadonlySet<string>;
  /** A handshake for the name whose certificate holds. */
  handshake: boolean;
  /** SHA-256 of the leaf certificates seen for the name. */
  leaves: ReadonlySet<string>;
  /** Status of the first host's answer. */
  status: number | null;
  trustedPage: boolean;
  leadsTo: string | null;
  clearPages: readonly ClearPage[];
};

const OWN_LINE: readonly Failure[] = ["network_down", "network_unreachable", "network_reset", "interrupted"];

/** Reduces a control's measurement to what rules compare with. */
export function readControl(control: Control): ControlFacts {
  const facts = readFacts(control.body);
  const pages = pagesOf(facts);
  const tls = facts.paths.flatMap((path) => path.tls);
  return {
    place: control.place,
    measuredAt: control.measuredAt,
    usable: isUsable(control.body),
    addresses: new Set(
      facts.dns.filter(({ failure }) => failure === null).flatMap((step) => addressesIn(step.answers)),
    ),
    connected: new Set(
      facts.paths.filter((path) => path.tcp.some(({ failure }) => failure === null)).map(({ ip }) => ip),
    ),
    handshake: tls.some(isTrusted),
    leaves: new Set(tls.flatMap((step) => step.chain.slice(0, 1))),
    status: pages[0]?.status ?? null,
    trustedPage: pages[0]?.trusted ?? false,
    leadsTo: pages[0]?.leadsTo ?? null,
    clearPages: pages
      .filter((page) => page.clear)
      .map(({ step, status }) => ({ status, bodyBytes: step.bodyBytes, truncated: step.truncated, title: step.title })),
  };
}

function isUsable(body: WebBody): boolean {
  const steps = [...body.dns, ...body.tcp, ...body.tls, ...body.http];
  const suspects = body.local ?? [];
  if (suspects.some(({ kind }) => kind === "captive_portal" || kind === "resolver_dead" || kind === "vpn"))
    return false;
  return steps.some(({ failure }) => failure === null || !OWN_LINE.includes(failure));
}
