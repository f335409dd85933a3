import type { ProbeInfo } from "../../protocol/archive.ts";
import { isBlocking } from "../../protocol/verdict.ts";
import type { Item, Judged } from "../analysis/types.ts";
import { createAllowances } from "./allowance.ts";
import type { Outbox } from "./outbox.ts";

/** Watches what comes in and what is judged, and asks for extra rounds. */
export type RequestedRounds = {
  /** Facts as they are committed: who stands where, and measurements that found no page. */
  saw: (items: readonly Item[], now: number) => void;
  /** Verdicts as they are made. */
  judged: (verdicts: readonly Judged[], now: number) => void;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** For a cell (or the controls) and a target: see the README of this folder. */
const PER_CELL = { gapMs: 5 * MINUTE_MS, most: 6, windowMs: 3 * HOUR_MS };
const PER_PROBE = { gapMs: 0, most: 24, windowMs: HOUR_MS };
/** Older than this, an anomaly is history that a journal brought late: an extra round now says nothing of it. */
const FRESH_MS = 20 * MINUTE_MS;
/** Controls asked at once: their results are compared with, more would add little. */
const CONTROLS_ASKED = 8;

/**
 * Asks the controls for a target when a witness got no page of it, so that its verdict need not wait for their round;
 * and the other witnesses of the cell (same network and region) once a verdict says that it was interfered with.
 */
export function createRequestedRounds({
  outbox,
  present,
}: {
  outbox: Pick<Outbox, "add">;
  present: () => ReadonlySet<string>;
}): RequestedRounds {
  const probes = new Map<string, ProbeInfo>();
  const cells = createAllowances(PER_CELL);
  const each = createAllowances(PER_PROBE);
  const ask = (target: string, now: number, isAsked: (probe: ProbeInfo) => boolean, most: number) => {
    const there = [...present()].map((id) => probes.get(id)).filter((one) => one !== undefined);
    for (const { id } of there.filter(isAsked).slice(0, most)) if (each.take(id, now)) outbox.add(id, target);
  };
  return {
    saw: (items, now) => {
      for (const item of items) {
        if (item.type === "probe") probes.set(item.probe.id, item.probe);
        if (item.type !== "entry" || item.entry.kind !== "web" || hasPage(item.entry.body.http)) continue;
        const { probe, body, at, clock } = item.entry;
        if (probes.get(probe)?.role !== "witness" || now - Date.parse(at) - clock.offsetMs > FRESH_MS) continue;
        if (!cells.take(`control ${body.target}`, now)) continue;
        ask(body.target, now, ({ role }) => role === "control", CONTROLS_ASKED);
      }
    },
    judged: (verdicts, now) => {
      for (const { probe, target, asn, region, measuredAt, verdict } of verdicts) {
        if (!isBlocking(verdict.code) || now - measuredAt > FRESH_MS) continue;
        if (!cells.take(`${target} ${asn} ${region}`, now)) continue;
        const isNeighbour = (one: ProbeInfo) =>
          one.role === "witness" && one.to === null && one.id !== probe && one.asn === asn && one.region === region;
        ask(target, now, isNeighbour, Number.POSITIVE_INFINITY);
      }
    },
  };
}

function hasPage(http: readonly { failure: string | null }[]): boolean {
  return http.some(({ failure }) => failure === null);
}
