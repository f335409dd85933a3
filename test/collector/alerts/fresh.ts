import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Incident } from "../../../protocol/incident.ts";

/** An incident that began three minutes ago and was known at once. */
function fresh(id: string, target: string): Incident {
  const began = Date.now() - 180_000;
  const text = (at: number) => new Date(at).toISOString();
  return {
    ...{ id, kind: "block", method: "tls_drop", extent: null, targets: [target], asns: [9198], regions: ["KZ-75"] },
    ...{ access: [], start: { earliest: text(began), latest: text(began) }, end: null, detectedAt: text(began) },
    ...{ confidence: "probable", witnesses: 3, measurements: 40, causes: [] },
  };
}

/** Puts an incident into the store as if it had been published three minutes ago. */
export async function publish(data: string, id: string, target: string): Promise<void> {
  const store = await openStore(data);
  await store.incidents.put([fresh(id, target)], Date.now() - 180_000);
  await settlePublication(store, { at: Date.now() - 170_000, rulesVersion: "test/1", settleMs: 0 });
  await store.close();
}

/** Lets subscriptions made a moment ago have been made before the incident was published. */
export async function subscribedBefore(data: string): Promise<void> {
  const store = await openStore(data);
  for (const row of await store.admin.subscriptions.all()) {
    if (row.created === 1) continue;
    await store.admin.subscriptions.remove(row.id);
    await store.admin.subscriptions.add({ ...row, created: 1 });
  }
  await store.close();
}
