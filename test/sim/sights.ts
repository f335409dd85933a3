import { createHash } from "node:crypto";
import type { EpochMs } from "../../collector/analysis/types.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { type Sight, type SiteFace, webBody } from "./bodies/web-body.ts";
import type { Noise } from "./noise.ts";
import type { Random } from "./random.ts";
import { type Act, isWithin, type Line, type ProbeSpec, type Scenario } from "./scenario.ts";

/** What probes see of sites. */
export type Sights = {
  see: (
    probe: ProbeSpec,
    target: string,
    at: EpochMs,
    line: Line,
    mayFollowUp: boolean,
  ) => { sight: Sight; body: WebBody };
};

type Of<K extends Act["act"]> = Extract<Act, { act: K }>;

/** Where the targets' pages lie; the analysis knows which are hosted inside. */
export type Places = ReadonlyMap<string, { url: string; hostedIn: string | null; absent?: boolean | undefined }>;

const PACES = [0.6, 0.8, 1, 1.3, 2];
/** After a handshake lost in a bad round the follow-ups are lost as well, but for those to whom the burst is over. */
const BURST_OVER = 0.25;

/** Sights of a scenario. Bodies are made once for each treatment of a target and pace, and shared. */
export function createSights(scenario: Scenario, places: Places, noise: Noise, random: Random): Sights {
  const made = new Map<string, WebBody>();
  const faces = new Map(
    scenario.targets.map((target) => [target, [faceOf(target, places, 0), faceOf(target, places, 1)]]),
  );
  const acts = scenario.acts;
  const of = <K extends Act["act"]>(kind: K, target: string): Of<K>[] =>
    acts.filter((act): act is Of<K> => act.act === kind && "targets" in act && act.targets.includes(target));
  const byTarget = new Map(
    scenario.targets.map((target) => [
      target,
      {
        blocks: of("block", target),
        faults: of("fault", target),
        sites: of("site", target),
        transit: of("transit", target),
        lies: of("lie", target),
        shifts: of("shift", target),
      },
    ]),
  );

  const sightOf = (probe: ProbeSpec, target: string, at: EpochMs, line: Line): Sight => {
    const inside = places.get(target)?.hostedIn === "KZ";
    if (line !== "international" && !(line === "domestic" && inside)) return "offline";
    const made = byTarget.get(target);
    const treated = made === undefined ? null : treatmentOf(made, probe, at, random);
    if (treated !== null) return treated;
    if (places.get(target)?.absent === true) return "no-name";
    return random.chance(noise.failure(areaOf(probe), target, at)) ? noisy(random) : "ok";
  };

  return {
    see: (probe, target, at, line, mayFollowUp) => {
      const sight = sightOf(probe, target, at, line);
      const shifted = byTarget.get(target)?.shifts.some((shift) => at >= shift.from && at < shift.to) ? 1 : 0;
      const pace = random.whole(PACES.length);
      const key = `${target} ${sight} ${shifted} ${mayFollowUp} ${pace}`;
      const face = faces.get(target)?.[shifted] ?? faceOf(target, places, 0);
      const body = made.get(key) ?? webBody(sight, face, mayFollowUp, PACES[pace] ?? 1);
      made.set(key, body);
      return { sight, body };
    },
  };
}

type Acts = {
  blocks: Of<"block">[];
  faults: Of<"fault">[];
  sites: Of<"site">[];
  transit: Of<"transit">[];
  lies: Of<"lie">[];
  shifts: Of<"shift">[];
};

/** What is done to a probe's measurement of a target at a time; null: nothing. */
function treatmentOf(acts: Acts, probe: ProbeSpec, at: EpochMs, random: Random): Sight | null {
  const now = <A extends { from: EpochMs; to: EpochMs }>(list: readonly A[]) =>
    list.filter((act) => at >= act.from && at < act.to);
  const lie = now(acts.lies).find(({ scope }) => isWithin(probe, scope));
  if (lie?.how === "denial" || lie?.how === "fiction") return "ok";
  // Who replays an old block tells it every other time.
  if (lie !== undefined && (lie.how !== "replay" || random.chance(0.5))) return "tls-drop";
  const block =
    now(acts.blocks).find((act) => isWithin(probe, act.scope) && isRampedUp(act, probe, at)) ??
    now(acts.faults).find((act) => isWithin(probe, act.scope));
  if (block !== undefined) return SIGHT_OF[block.method];
  const place = placeOf(probe);
  const site = now(acts.sites).find(
    ({ fromPlaces = [place], fails }) => fromPlaces.includes(place) && random.chance(fails),
  );
  if (site !== undefined) return site.how === "dead" ? "tcp-timeout" : "server-error";
  const transit = now(acts.transit).find((act) => isWithin(probe, act.scope) && random.chance(act.fails));
  if (transit === undefined) return null;
  return transit.how === "loss" ? noisy(random) : SIGHT_OF[transit.how];
}

const SIGHT_OF = {
  tls_drop: "tls-drop",
  tls_reset: "tls-reset",
  dns_lie: "dns-lie",
  dns_nx: "dns-nx",
  tcp_drop: "tcp-timeout",
  mitm: "mitm",
} as const satisfies Record<Of<"block" | "fault">["method"], Sight>;

/** How a measurement fails in a bad network: silence at any step; resets are a filter's or a server's. */
function noisy(random: Random): Sight {
  const draw = random.next();
  if (draw < 0.35) return "dns-timeout";
  if (draw < 0.65) return "tcp-timeout";
  if (draw < 0.9) return random.chance(BURST_OVER) ? "tls-drop" : "tls-timeout";
  return "http-timeout";
}

/** A slow ramp blocks one probe after another. */
function isRampedUp({ from, rampMs = 0 }: Of<"block">, { info }: ProbeSpec, at: EpochMs): boolean {
  return at >= from + rampMs * (Number.parseInt(info.id.slice(8, 12), 16) / 65_536);
}

export function areaOf({ info }: ProbeSpec): string {
  return `${info.asn}|${info.region}`;
}

function placeOf({ info }: ProbeSpec): string {
  return info.role === "control" ? (info.region ?? "") : "KZ";
}

function faceOf(target: string, places: Places, shift: number): SiteFace {
  const hash = createHash("sha256").update(`${target} ${shift}`).digest();
  const url = places.get(target)?.url ?? `https://${target}/`;
  const ip = `203.0.${hash.readUInt8(0)}.${hash.readUInt8(1)}`;
  return { target, host: new URL(url).hostname, url, ip, otherIp: "192.0.2.10" };
}
