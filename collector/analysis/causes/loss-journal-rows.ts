import { isConfirmed, type Loss, lostPower } from "../losses/loss.ts";
import type { LossEvidence, LossRow } from "./loss-evidence.ts";

/** Evidence of the hosts' own journals: what stayed up, and which anchors abroad answered. */
export function journalRows({ losses }: LossEvidence): LossRow[] {
  return [...dnsRows(losses), ...hostRows(losses)];
}

/** Ours: who beats over DNS has power, and a line on which only names pass. */
function dnsRows(losses: readonly Loss[]): LossRow[] {
  if (losses.filter(({ heardByDns }) => heardByDns).length < 0.5 * losses.length) return [];
  return [
    {
      says: "heard-over-dns",
      scores: { "power cut": -5, "collector fault": -3, "ordered cut": 2, "single probe": -1 },
    },
  ];
}

function hostRows(losses: readonly Loss[]): LossRow[] {
  const heard = losses.filter((loss) => isConfirmed(loss) || loss.sameBootAt !== null);
  if (heard.length === 0) return [];
  const share = (wanted: (loss: Loss) => boolean) => heard.filter(wanted).length / heard.length;
  const rows = [hostRow(share), somePowerRow(share), programRow(share), transitRow(losses)];
  return rows.filter((row) => row !== null);
}

type Share = (wanted: (loss: Loss) => boolean) => number;

function hostRow(share: Share): LossRow | null {
  if (share(lostPower) >= 0.5)
    return {
      says: "hosts-restarted",
      scores: {
        "power cut": 5,
        "ordered cut": -4,
        "ISP fault": -3,
        "collector fault": -3,
        "transit filter abroad": -4,
      },
    };
  // Ours: a home router without power, seen from a host that runs on a battery.
  if (share(({ probe, gateway }) => probe.access === "fixed" && gateway.down > gateway.up) >= 0.5)
    return {
      says: "gateways-gone",
      scores: { "power cut": 3, "ordered cut": -2, "ISP fault": -1, "collector fault": -3 },
    };
  if (share((loss) => !lostPower(loss) && loss.gateway.up > 0) >= 0.5)
    return {
      says: "hosts-and-gateways-up",
      scores: { "power cut": -5, "ordered cut": 3, "ISP fault": 2, "collector fault": -3, "single probe": 1 },
    };
  if (share((loss) => !lostPower(loss) && loss.sameBootAt !== null) >= 0.5)
    return { says: "hosts-up", scores: { "power cut": -3 } };
  return null;
}

const SOME = 0.2;

/** Ours: power and line can go together; then neither explanation may hide the other (26 November 2022). */
function somePowerRow(share: Share): LossRow | null {
  const gone = share(lostPower);
  if (gone < SOME || gone >= 0.5) return null;
  return {
    says: "some-hosts-lost-power",
    scores: { "power cut": 3, "ISP fault": 1, "ordered cut": -1 },
  };
}

/** Ours: a program that came back on the same boot, and whose journal shows no fall of the line, was started anew. */
function programRow(share: Share): LossRow {
  if (share(({ updated, degrees }) => updated && degrees.size === 0) >= 0.5)
    return {
      says: "program-updated",
      scores: { "probe update": 5, "ordered cut": -3, "power cut": -3, "ISP fault": -3 },
    };
  if (share(({ restarted, degrees }) => restarted && degrees.size === 0) >= 0.5)
    return {
      says: "program-restarted",
      scores: { "probe update": 3, "ordered cut": -2, "power cut": -3, "ISP fault": -2 },
    };
  return { says: "program-kept", scores: { "probe update": -3 } };
}

/** Part of the anchors abroad answered all the while, and nearly the same part for all. */
const COMMON = 0.7;

/**
 * Ours: where a transit network abroad fails or filters, anchors behind it are dead for everybody and others are not;
 * a cut at the border leaves none.
 */
function transitRow(losses: readonly Loss[]): LossRow | null {
  const seen = losses.filter(({ anchors }) => anchors.size >= 2);
  const partly = seen.filter(
    ({ anchors }) => [...anchors.values()].some(isAlive) && [...anchors.values()].some(isDead),
  );
  if (seen.length < 2 || partly.length < 0.5 * seen.length) return null;
  const networks = new Set(partly.map(({ probe }) => probe.asn)).size;
  const ids = [...new Set(partly.flatMap(({ anchors }) => [...anchors.keys()]))];
  const agreed = ids.filter((id) => {
    const known = partly.map(({ anchors }) => anchors.get(id)).filter((one) => one !== undefined);
    const dead = known.filter(isDead).length;
    return Math.max(dead, known.length - dead) >= COMMON * known.length;
  });
  if (networks < 2 || agreed.length < COMMON * ids.length) return null;
  return {
    says: { code: "anchors-same-part", counts: { networks } },
    scores: { "transit filter abroad": 5, "ordered cut": -3, "ISP fault": -1, "power cut": -5, "collector fault": -4 },
  };
}

function isAlive({ up, down }: { up: number; down: number }): boolean {
  return up > down;
}

function isDead(anchor: { up: number; down: number }): boolean {
  return !isAlive(anchor);
}
