import type { AlertRowView, AlertsView, Frame, SubscriptionRow } from "../../collector/admin/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dataTable } from "../parts/data-table.ts";
import { field, hidden, select } from "./fields.ts";
import { deskContext, deskDocument, postForm } from "./frame.ts";
import { when } from "./when.ts";

const CHANNELS = ["webhook", "email", "telegram", "matrix", "ntfy"] as const;
const OWN_NAMES: Readonly<Record<string, string>> = { telegram: "Telegram", matrix: "Matrix", ntfy: "ntfy" };
const CONFIDENCES = ["probable", "confirmed", "observed"] as const;
const LANGUAGES = { kk: "Қазақша", ru: "Русский", en: "English" } as const;

/** Who is told of incidents, and what became of what was sent. */
export function alertsPage(view: AlertsView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const main = html`<p class="dek">${t("desk.alerts.dek")}</p>
<div class="banner"><h2>${t("desk.alerts.riskTitle")}</h2><p>${t("desk.alerts.risk")}</p></div>
${view.secret !== null && html`<div class="notice done" role="status"><p>${t("desk.alerts.secret")}</p><p><code>${view.secret}</code></p></div>`}
<section aria-labelledby="told"><h2 id="told">${t("desk.alerts.told")}</h2>
${view.subscriptions.length === 0 ? html`<p class="empty">${t("desk.alerts.nobody")}</p>` : subscriptionTable(context, view.subscriptions, frame)}</section>
${addForm(context, view, frame)}
<section aria-labelledby="sent"><h2 id="sent">${t("desk.alerts.sent")}</h2>
${view.recent.length === 0 ? html`<p class="empty">${t("desk.alerts.noneSent")}</p>` : outbox(context, view, frame)}</section>`;
  return deskDocument(frame, { title: t("desk.nav.alerts"), current: "alerts", main });
}

function subscriptionTable(context: Context, rows: readonly SubscriptionRow[], frame: Frame): Html {
  const { t } = context;
  return dataTable({
    ...{ id: "told-table", caption: t("desk.alerts.toldCaption") },
    columns: [t("desk.alerts.to"), t("desk.alerts.picked"), t("desk.alerts.since"), t("desk.do")],
    rows: rows.map((row) => ({
      id: `told-${row.id}`,
      cells: [
        html`${row.label !== "" && html`<b>${row.label}</b><br>`}${channelName(context, row.kind)}: ${row.to}`,
        pickedText(context, row),
        when(context, row.created),
        html`${postForm(frame, "/alerts/test", html`${hidden("subscription", row.id)}<button>${t("desk.alerts.test")}</button>`, { className: "in-row" })}${postForm(
          frame,
          "/alerts/remove",
          html`${hidden("subscription", row.id)}<button class="danger">${t("desk.remove")}</button>`,
          { className: "in-row" },
        )}`,
      ],
    })),
  });
}

function pickedText(
  { t, said }: Context,
  { confidence, language, regions, asns, targets, kinds }: SubscriptionRow,
): string {
  const least = t("desk.alerts.from", { confidence: said.confidence[confidence as (typeof CONFIDENCES)[number]] });
  const parts = [...regions, ...asns.map((asn) => `AS${asn}`), ...targets, ...kinds];
  return [least, LANGUAGES[language], parts.length === 0 ? t("desk.alerts.all") : parts.join(", ")].join("; ");
}

function channelName({ t }: Context, kind: string): string {
  return OWN_NAMES[kind] ?? t(kind === "email" ? "desk.channel.email" : "desk.channel.webhook");
}

function addForm(context: Context, { wish, ready }: AlertsView, frame: Frame): Html {
  const { t, said } = context;
  const of = (name: string, otherwise = "") => wish[name] ?? otherwise;
  const channels = CHANNELS.map((value) => ({
    value,
    label: ready.includes(value)
      ? channelName(context, value)
      : t("desk.alerts.notReady", { channel: channelName(context, value) }),
  }));
  return html`<section aria-labelledby="add"><h2 id="add">${t("desk.alerts.add")}</h2>
${postForm(
  frame,
  "/alerts",
  html`${select({ name: "channel", label: t("desk.alerts.channel"), value: of("channel"), choices: channels })}${field({
    ...{ name: "address", label: t("desk.alerts.address"), value: of("address"), required: true },
    hint: t("desk.alerts.addressHint"),
  })}${field({ name: "label", label: t("desk.alerts.label"), value: of("label"), hint: t("desk.alerts.labelHint") })}${select(
    {
      ...{ name: "language", label: t("nav.language"), value: of("language", frame.language) },
      choices: Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
    },
  )}${select({
    ...{ name: "confidence", label: t("desk.alerts.confidence"), value: of("confidence", "probable") },
    choices: CONFIDENCES.map((value) => ({
      value,
      label: t("desk.alerts.from", { confidence: said.confidence[value] }),
    })),
  })}${(["regions", "asns", "targets", "kinds"] as const).map((name) =>
    field({ name, label: t(`desk.alerts.${name}`), value: of(name), hint: t(`desk.alerts.${name}Hint`) }),
  )}<p><button>${t("desk.alerts.addButton")}</button></p>`,
)}</section>`;
}

function outbox(context: Context, { recent, subscriptions }: AlertsView, frame: Frame): Html {
  const { t } = context;
  const labels = new Map(subscriptions.map(({ id, label, kind, to }) => [id, label === "" ? `${kind} ${to}` : label]));
  const cells = ({ id, subscription, incident, phase, state, created, tries, problem }: AlertRowView) => [
    html`${incident}<br><span class="small">${t(`desk.alerts.phase.${phase}`)}</span>`,
    labels.get(subscription) ?? "–",
    html`${STATE_SIGNS[state]} ${t(`desk.alerts.state.${state}`)}${tries > 0 && html` <span class="small">(${t("desk.alerts.tries", { count: tries })})</span>`}${problem !== null && html`<br><span class="small" lang="en">${problem}</span>`}`,
    when(context, created),
    state === "dead" &&
      postForm(frame, "/alerts/again", html`${hidden("alert", String(id))}<button>${t("desk.alerts.again")}</button>`, {
        className: "in-row",
      }),
  ];
  return dataTable({
    ...{ id: "sent-table", caption: t("desk.alerts.sentCaption") },
    columns: [
      t("desk.alerts.incident"),
      t("desk.alerts.to"),
      t("desk.probes.state"),
      t("desk.alerts.made"),
      t("desk.do"),
    ],
    rows: recent.map((row) => ({ id: `alert-${row.id}`, cells: cells(row) })),
  });
}

const STATE_SIGNS = { waiting: "…", sent: "✓", dead: "✗" } as const;
