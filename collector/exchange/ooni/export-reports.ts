import type { WebBody } from "../../../protocol/records/web.ts";
import type { Catalogue } from "../../catalogue.ts";
import { entryOf, storedEntries } from "../../judging/stored-items.ts";
import type { Store, Window } from "../../store/store.ts";
import { writeReport } from "./write-report.ts";

/** Targets whose last control measurement is remembered; beyond it the oldest is forgotten. */
const CONTROLS_MAX = 5000;

/**
 * The witnesses' web measurements received within a window, as OONI reports in the order of receiving. Beside each
 * stands, in the place of a test helper, the last control measurement of the same target that was received before it.
 */
export async function* ooniReports(store: Store, { names }: Catalogue, window: Window): AsyncGenerator<object> {
  const probes = new Map((await store.probes.all()).map((probe) => [probe.id, probe]));
  const controls = new Map<string, WebBody>();
  for await (const row of storedEntries(store, window.from)) {
    if (row.received >= window.to) return;
    const probe = probes.get(row.probe);
    if (row.kind !== "web" || probe === undefined) continue;
    const entry = entryOf(row);
    if (entry.kind !== "web") continue;
    if (probe.role === "control") {
      remember(controls, entry.body);
      continue;
    }
    yield writeReport({
      body: entry.body,
      verdict: await store.verdicts.of(row.probe, row.seq),
      control: controls.get(entry.body.target) ?? null,
      asn: probe.asn,
      networkName: names.networks[String(probe.asn)] ?? null,
      country: probe.region?.slice(0, 2) ?? null,
      at: row.at,
      record: row.hash,
    });
  }
}

function remember(controls: Map<string, WebBody>, body: WebBody): void {
  controls.delete(body.target);
  controls.set(body.target, body);
  const [oldest] = controls.keys();
  if (controls.size > CONTROLS_MAX && oldest !== undefined) controls.delete(oldest);
}
