import { expect, test } from "vitest";
import { cellsOf } from "../../../collector/evidence/cells.ts";
import type { StoredProbe } from "../../../collector/store/store.ts";
import { CHAIN_START } from "../../../protocol/chain.ts";
import type { Incident } from "../../../protocol/incident.ts";

const [BEGIN, END] = [Date.parse("2022-01-05T10:00:00Z"), Date.parse("2022-01-05T12:00:00Z")];
const YEARS_MS = 4 * 365 * 86_400_000;
const moment = new Date(BEGIN).toISOString();
const INCIDENT: Incident = {
  ...{ id: "cells", kind: "shutdown", method: null, extent: null, targets: [], asns: [9198], regions: ["KZ-75"] },
  ...{ access: [], confidence: "observed", witnesses: 1, measurements: 1, causes: [] },
  ...{ start: { earliest: moment, latest: moment }, end: null, detectedAt: moment },
};

function probe(id: string, joined: number, left: number | null = null): StoredProbe {
  return {
    ...{ id, joined, left, role: "witness", region: "KZ-75", asn: 9198, access: "fixed", own: false },
    ...{ publicKey: null, consent: null, revoked: false, software: null, head: CHAIN_START },
  };
}

function cells(probes: readonly StoredProbe[]) {
  const presences = probes.slice(0, 1).map(({ id }) => ({ probe: id, from: BEGIN, to: END, received: END }));
  const window = { from: BEGIN, to: END };
  return cellsOf({ incident: INCIDENT, probes, measured: [], presences, gaps: [], window, enoughProbes: 3 });
}

test("a cell of few at the time has no counts, however many came later or had left", () => {
  const there = probe("a", BEGIN - YEARS_MS);
  const others = [probe("b", END + YEARS_MS), probe("c", END + YEARS_MS), probe("d", 0, BEGIN - 1)];
  expect(cells([there, ...others])).toMatchObject([{ region: "KZ-75", few: true, probes: null, buckets: [] }]);
});

test("a cell counts those who were there, watching or not", () => {
  const there = ["a", "b", "c"].map((id) => probe(id, BEGIN - YEARS_MS));
  const told = cells([...there, probe("d", END + 1)]);
  expect(told).toMatchObject([{ region: "KZ-75", few: false, probes: 3, connected: { before: 0 } }]);
});
