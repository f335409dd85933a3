import type { EpochMs } from "../../collector/analysis/types.ts";
import type { ProbeInfo } from "../../protocol/archive.ts";
import type { Cause, Incident } from "../../protocol/incident.ts";
import type { Access } from "../../protocol/primitives.ts";

/** Whom something strikes; a part left out means all. `share`: that part of the probes, chosen by the seed. */
export type Scope = {
  asns?: readonly number[];
  regions?: readonly string[];
  access?: Access;
  share?: number;
  /** Single probes, by number in the fleet. */
  probes?: readonly number[];
};

/** What a probe's line is like; from best to worst. `off`: no power; `stopped`: switched off cleanly. */
export const LINES = [
  "international",
  "domestic",
  "dns-only",
  "partial-port",
  "whitelist",
  "isp",
  "lan",
  "none",
  "off",
  "stopped",
  "absent",
] as const;
export type Line = (typeof LINES)[number];

/** How a site is kept from a probe. */
export type BlockMethod = "tls_drop" | "tls_reset" | "dns_lie" | "dns_nx" | "tcp_drop" | "mitm";

type During = { from: EpochMs; to: EpochMs };
/** Something that happens to the world of a scenario. */
export type Act =
  | (During & { act: "cut"; scope: Scope; line: Line; staggerS?: number })
  | (During & { act: "power"; scope: Scope; batteryShare?: number })
  | (During & { act: "block"; scope: Scope; targets: readonly string[]; method: BlockMethod; rampMs?: number })
  | (During & {
      act: "throttle";
      scope: Scope;
      targets: readonly string[];
      ratio?: number;
      handshakeMs?: number;
      /** A limit of so many bytes a second, whatever the line has. */
      capBytesPerS?: number;
      /** The ratio is reached little by little, in so long. */
      rampMs?: number;
    })
  /** The probe's own program fails: nothing is wrong with the site or the network. */
  | (During & { act: "fault"; scope: Scope; targets: readonly string[]; method: BlockMethod })
  | (During & {
      act: "site";
      targets: readonly string[];
      fails: number;
      how: "dead" | "error";
      fromPlaces?: readonly string[];
    })
  | (During & { act: "transit"; scope: Scope; targets: readonly string[]; fails: number; how: "loss" | BlockMethod })
  | (During & { act: "collector-gap" })
  | (During & { act: "update"; scope: Scope; software: string })
  | (During & { act: "shift"; targets: readonly string[] })
  | (During & { act: "lie"; scope: Scope; targets: readonly string[]; how: Lie });

/** `denial`: calls a blocked site open; `fiction`: makes all records up, and calls everything open. */
export type Lie = "false-block" | "flood" | "replay" | "denial" | "fiction";

/** What truly happened, as far as a detector should tell it. */
export type Truth = {
  kind: Incident["kind"];
  from: EpochMs;
  to: EpochMs;
  scope: Scope;
  targets: readonly string[];
  cause: Cause["cause"];
  /** It counts neither as missed nor as false: nobody can ask for it. */
  optional?: boolean;
  /** No cause may lead by three. */
  disputed?: boolean;
  /** Share of a cell's probes that it strikes, where not all. */
  share?: number;
  /** It comes about so slowly that the time until it is found is not held against the others'. */
  slow?: boolean;
  /** Within how much of `from` and `to` it begins and ends from line to line: part of the truth. */
  spreadMs?: number;
};

/** How many probes stand where; those that join later do so at `joins`. */
export type Area = { asn: number; region: string; access: Access; probes: number; joins?: EpochMs };

export type Scenario = {
  name: string;
  /** What it is after, with its source. */
  about: string;
  from: EpochMs;
  to: EpochMs;
  areas: readonly Area[];
  targets: readonly string[];
  /** Targets of which speed is sampled. */
  speed?: readonly string[];
  roundMs?: number;
  acts: readonly Act[];
  truths: readonly Truth[];
  /** Whether rounds are requested after an anomaly. */
  requested?: boolean;
  /** How restless volunteers and lines are; 1 is the usual, 0 none. */
  churn?: number;
  noise?: number;
};

export type ProbeSpec = {
  info: ProbeInfo;
  /** It was not there before; null: it has been there from the beginning. */
  joins: EpochMs | null;
  number: number;
  /** What its clock is wrong by. */
  skewMs: number;
  /** A board without a clock: it starts in 1970 until it is told the time. */
  noClock: boolean;
  /** Hours after a cut until its journal has been delivered. */
  lagMs: number;
  /** Local hour at which it is switched off for the night, and whether cleanly; null: never. */
  night: { fromHour: number; hours: number; clean: boolean } | null;
  /** Own losses of the line a day. */
  dropsPerDay: number;
  medium: "ethernet" | "wifi" | "wwan";
  bytesPerS: number;
};

/** Whether a probe lies within a scope; `draw` decides for shares. */
export function isWithin({ info, number }: ProbeSpec, scope: Scope): boolean {
  if (info.role === "control") return false;
  if (scope.asns !== undefined && (info.asn === null || !scope.asns.includes(info.asn))) return false;
  if (scope.regions !== undefined && (info.region === null || !scope.regions.includes(info.region))) return false;
  if (scope.access !== undefined && info.access !== scope.access) return false;
  if (scope.probes !== undefined && !scope.probes.includes(number)) return false;
  return scope.share === undefined || isChosen(info.id, scope.share);
}

/** The same probes are chosen by the same share, spread evenly over any set of them. */
function isChosen(id: string, share: number): boolean {
  return Number.parseInt(id.slice(0, 8), 16) / 2 ** 32 < share;
}
