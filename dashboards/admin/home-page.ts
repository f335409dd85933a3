import type { Frame, HealthView } from "../../collector/admin/types.ts";
import type { Context } from "../context.ts";
import { type Fragment, type Html, html } from "../html.ts";
import { dataTable } from "../parts/data-table.ts";
import { durationText } from "../words/duration.ts";
import { deskContext, deskDocument } from "./frame.ts";
import { bytesText, when } from "./when.ts";

const LOW_DISK_BYTES = 2 * 1024 ** 3;
const SLOW_LOOP_MS = 500;

/** How the collector is: one sentence of what wants looking after, then every figure. */
export function homePage(view: HealthView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const worries = worriesOf(context, view);
  const main = html`${
    worries.length === 0
      ? html`<p class="dek">${t("desk.health.fine")}</p>`
      : html`<div class="banner"><h2>${t("desk.health.worries")}</h2><ul class="plain">${worries.map((one) => html`<li>${one}</li>`)}</ul></div>`
  }
<div class="columns even">
<section aria-labelledby="fleet"><h2 id="fleet">${t("desk.health.fleet")}</h2>${fleet(context, view)}</section>
<section aria-labelledby="machine"><h2 id="machine">${t("desk.health.machine")}</h2>${machine(context, view)}</section>
</div>
${jobs(context, view)}${gaps(context, view)}`;
  return deskDocument(frame, { title: t("desk.nav.home"), current: "home", main });
}

function worriesOf({ t }: Context, view: HealthView): string[] {
  const failed = view.jobs.filter(({ ok }) => !ok).map(({ job }) => job);
  return [
    ...(view.freeBytes < LOW_DISK_BYTES ? [t("desk.health.lowDisk", { free: bytesText(view.freeBytes) })] : []),
    ...(view.alerts.dead > 0 ? [t("desk.health.deadAlerts", { count: view.alerts.dead })] : []),
    ...(failed.length > 0 ? [t("desk.health.failedJobs", { jobs: failed.join(", ") })] : []),
    ...(view.eventLoopMs > SLOW_LOOP_MS ? [t("desk.health.slow", { ms: Math.round(view.eventLoopMs) })] : []),
    ...(view.controls.present === 0 ? [t("desk.health.noControls")] : []),
    ...(view.witnesses.present === 0 ? [t("desk.health.noWitnesses")] : []),
    ...(view.rejectedSignatures > 0 ? [t("desk.health.rejected", { count: view.rejectedSignatures })] : []),
  ];
}

function facts(rows: readonly (readonly [label: string, value: Fragment])[]): Html {
  return html`<dl class="facts">${rows.map(
    ([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`,
  )}</dl>`;
}

function fleet(context: Context, view: HealthView): Html {
  const { t, language } = context;
  const of = ({ known, present }: HealthView["witnesses"]) => t("desk.health.of", { known, present });
  const { total, lastAt } = view.measurements;
  return facts([
    [t("desk.health.witnesses"), of(view.witnesses)],
    [t("desk.health.controls"), of(view.controls)],
    [
      t("desk.health.versions"),
      view.versions.map(({ software, probes }) => `${software}: ${probes}`).join(", ") || "–",
    ],
    [
      t("desk.health.measurements"),
      html`${new Intl.NumberFormat(language).format(total)}${lastAt !== null && html` (${when(context, lastAt)})`}`,
    ],
    [t("desk.health.open"), view.openIncidents],
    [t("desk.health.rejectedLabel"), view.rejectedSignatures],
    [t("desk.health.alerts"), t("desk.health.alertCounts", view.alerts)],
  ]);
}

function machine(context: Context, view: HealthView): Html {
  const { t } = context;
  return facts([
    [t("desk.health.started"), when(context, view.startedAt)],
    [t("desk.health.software"), `${view.software}, ${t("colophon.rules")} ${view.rulesVersion}`],
    [t("desk.health.store"), `${bytesText(view.storeBytes)} + ${bytesText(view.journalBytes)}`],
    [t("desk.health.free"), bytesText(view.freeBytes)],
    [t("desk.health.log"), new Intl.NumberFormat(context.language).format(view.logEntries)],
    [t("desk.health.turns"), view.turnsWaiting],
    [t("desk.health.loop"), `${view.eventLoopMs.toFixed(0)}\u00a0ms`],
    [t("desk.health.memory"), bytesText(view.memoryBytes)],
  ]);
}

function jobs(context: Context, { jobs: rows }: HealthView): Html | false {
  const { t } = context;
  return (
    rows.length > 0 &&
    html`<section aria-labelledby="jobs"><h2 id="jobs">${t("desk.health.jobs")}</h2>
${dataTable({
  id: "jobs-table",
  caption: t("desk.health.jobsCaption"),
  columns: [t("desk.health.job"), t("desk.health.result"), t("desk.health.ran"), t("desk.health.took")],
  rows: rows.map(({ job, ok, at, seconds }) => ({
    id: `job-${job.replaceAll(/\W+/g, "-")}`,
    cells: [
      html`<code>${job}</code>`,
      ok ? `✓ ${t("desk.ok")}` : html`<b>✗ ${t("desk.failed")}</b>`,
      when(context, at),
      seconds < 1 ? `${Math.round(seconds * 1000)}\u00a0ms` : durationText(context, seconds * 1000),
    ],
  })),
})}</section>`
  );
}

function gaps(context: Context, { gaps: rows }: HealthView): Html | false {
  const { t } = context;
  return (
    rows.length > 0 &&
    html`<section aria-labelledby="gaps"><h2 id="gaps">${t("desk.health.gaps")}</h2>
<p class="note">${t("desk.health.gapsNote")}</p>
<ul class="plain">${rows.map(({ from, to }) => html`<li>${when(context, from)}, ${durationText(context, Date.parse(to) - Date.parse(from))}</li>`)}</ul></section>`
  );
}
