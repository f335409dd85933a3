import { readFileSync } from "node:fs";
import { createAudit } from "../../../collector/admin/audit.ts";
import { addSubscription, Subscription } from "../../../collector/alerts/subscription.ts";
import { importOutside } from "../../../collector/outside/import-outside.ts";
import { review } from "../../../collector/publication/review.ts";
import { settlePublication } from "../../../collector/publication/settle.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import { pages } from "../../../dashboards/pages.ts";
import { block } from "../publication/scene.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { greet, packed, post, webDraft } from "../test-probe.ts";

const HOUR_MS = 3_600_000;
const NASTY = `<script>alert(1)</script> "'&`;

/** A collector with something on each screen of its administration, nasty texts among it; with the real pages. */
export async function filledCollector(): Promise<TestCollector> {
  const collector = await startCollector({
    pages,
    flags: { "admin-port": "0", "public-url": "https://kuager.example.org" },
  });
  const crowd = await Promise.all([1, 2, 3].map(() => collector.probe()));
  const gone = await collector.probe({ region: "KZ-71", access: "mobile", asn: 29355 });
  await collector.probe({ role: "control", region: "DE", asn: 3320, access: null });
  await collector.invite();
  for (const probe of [...crowd, gone]) {
    await post(collector.url, packed(probe.batch([probe.write(webDraft())])));
    await greet(collector.url, probe);
  }
  const store = await openStore(collector.folder);
  await store.probes.revoke(gone.id, Date.now());
  const started = Date.now() - 5 * HOUR_MS;
  const text = (at: number) => new Date(at).toISOString();
  const incident = (id: string, more: Parameters<typeof block>[2] = {}) =>
    block(id, 0, {
      start: { earliest: text(started), latest: text(started + 60_000) },
      detectedAt: text(started),
      ...more,
    });
  await store.incidents.put(
    [
      incident("one"),
      incident("two", { kind: "shutdown", method: null, extent: "total", targets: [], regions: ["KZ-71"], asns: [] }),
      incident("three", { targets: ["vlast.kz"], confidence: "observed" }),
    ],
    started + 60_000,
  );
  await settlePublication(store, { at: started + 120_000, rulesVersion: "test/1", settleMs: 0 });
  await review(
    store,
    { act: "note", subject: "KZ-2026-0001", note: { en: NASTY, ru: NASTY, kk: NASTY } },
    { reviewer: { role: "reviewer", name: "somebody" }, at: started + 130_000, rulesVersion: "test/1" },
  );
  const event = { kind: "rally", sanctioned: "unknown", place: "KZ-75", end: null, precision: "day" } as const;
  await store.events.put([{ ...event, id: "nasty", title: NASTY, start: text(started), source: NASTY }], Date.now());
  const report = { kind: "other", grade: "C", place: "KZ", end: null, precision: "day" } as const;
  const title = { kk: NASTY, ru: NASTY, en: NASTY };
  const nasty = { ...report, id: "nasty", title, targets: ["orda.kz"], start: text(started), source: NASTY };
  await store.reports.put({ report: nasty, withdrawn: false }, Date.now());
  await store.admin.eventEntries.note(["nasty"], Date.now() + 48 * HOUR_MS, "somebody");
  await fillAdmin(store);
  await store.close();
  return collector;
}

async function fillAdmin({ admin }: Awaited<ReturnType<typeof openStore>>): Promise<void> {
  const all = { regions: [], asns: [], targets: [], kinds: [] };
  const subscription = Subscription.parse({
    ...all,
    ...{ label: NASTY, language: "kk", confidence: "probable", channel: { kind: "email", to: "a@example.org" } },
  });
  const id = await addSubscription(admin.subscriptions, subscription, Date.now());
  const alert = { subscription: id, incident: "KZ-2026-0001", key: "k", message: "{}" };
  await admin.alerts.add([{ ...alert, phase: "start", state: "waiting" }], Date.now(), 10);
  const [row] = await admin.alerts.recent(1);
  await admin.alerts.failed(row?.id ?? 0, "the answer has status 404", Date.now(), null);
  await importOutside(admin.outside, {
    ...{ source: "ioda", bytes: readFileSync(new URL("../outside/fixtures/ioda-asn.json", import.meta.url)) },
    ...{ address: "https://api.example.org/v2/signals/raw/asn/9198", retrieved: Date.now(), licence: NASTY },
  });
  await createAudit(admin.audit).record({ by: "somebody", act: "event saved", subject: NASTY, detail: NASTY });
}
