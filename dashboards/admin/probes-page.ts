import type { CardView, Frame, InviteRow, ProbeRow, ProbesView } from "../../collector/admin/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { dataTable } from "../parts/data-table.ts";
import { durationText } from "../words/duration.ts";
import { networkName, regionName } from "../words/names.ts";
import { field, hidden, select } from "./fields.ts";
import { deskContext, deskDocument, deskHref, may, postForm } from "./frame.ts";
import { percentText, when } from "./when.ts";

const CLOCK_OFF_MS = 60_000;

/** Probes by short names, with what tells how much their word is worth; invitations. */
export function probesPage(view: ProbesView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const main = html`<p class="dek">${t("desk.probes.dek")}</p>
${find(view, frame)}
${may(frame, "operator") && inviteForm(context, view, frame)}
<section aria-labelledby="probes"><h2 id="probes">${t("desk.nav.probes")}</h2>
${
  view.probes.length === 0
    ? html`<p class="empty">${t("coverage.empty")}</p>`
    : dataTable({
        id: "probes-table",
        caption: t("desk.probes.caption"),
        columns: [
          t("desk.probes.short"),
          t("desk.probes.place"),
          t("desk.probes.state"),
          t("desk.probes.presence"),
          t("desk.probes.judged"),
          t("desk.probes.host"),
          t("desk.do"),
        ],
        rows: view.probes.map((probe) => ({ id: `probe-${probe.short}`, cells: probeCells(context, probe, frame) })),
      })
}</section>
${invites(context, view.invites)}`;
  return deskDocument(frame, { title: t("desk.nav.probes"), current: "probes", main });
}

function find({ found }: ProbesView, frame: Frame): Html {
  const { t } = deskContext(frame);
  const answer = !found.asked
    ? null
    : found.short === null
      ? html`<p class="notice problem">${t("desk.probes.notFound")}</p>`
      : html`<p class="notice done"><a href="#probe-${found.short}">${t("desk.probes.found", { short: found.short })}</a></p>`;
  return html`<form class="desk-form slim" method="get" action="${deskHref(frame, "/probes")}">
${field({ name: "id", label: t("desk.probes.find"), hint: t("desk.probes.findHint"), prefix: "find" })}<p><button>${t("desk.find")}</button></p></form>
${answer}`;
}

function probeCells(context: Context, probe: ProbeRow, frame: Frame) {
  const { t, said } = context;
  const { short, role, region, asn, access, own, left, revoked, present, lastHeard, presence, judged } = probe;
  const state = revoked
    ? t("desk.probes.revoked")
    : left !== null
      ? t("desk.probes.left")
      : present
        ? t("desk.probes.present")
        : t("desk.probes.silent");
  return [
    html`<code>${short}</code>${own && html` <span class="tag">${t("desk.probes.own")}</span>`}`,
    html`${regionName(context, region)}<br><span class="small">${networkName(context, asn)}${access !== null && html` · ${said.access[access]}`} · ${t(`desk.probe.${role}`)}</span>`,
    html`${present && !revoked ? "●" : "○"} ${state}${!present && lastHeard !== null && html`<br><span class="small">${t("desk.probes.heard")} ${when(context, lastHeard)}</span>`}`,
    presence === null ? "–" : percentText(presence),
    t("desk.probes.judgedOf", judged),
    hostOf(context, probe),
    left === null &&
      may(frame, "operator") &&
      postForm(
        frame,
        "/probes/revoke",
        html`${hidden("probe", short)}<button class="danger">${t("desk.probes.revoke")}</button>`,
        {
          className: "in-row",
        },
      ),
  ];
}

function hostOf(context: Context, { software, clockOffsetMs, vpn, entries }: ProbeRow): Html {
  const { t } = context;
  const off = clockOffsetMs !== null && Math.abs(clockOffsetMs) > CLOCK_OFF_MS;
  return html`${software ?? "–"}, ${t("desk.probes.entries", { count: entries })}${off && html`<br><b>${t("desk.probes.clock", { time: durationText(context, Math.abs(clockOffsetMs ?? 0)) })}</b>`}${vpn && html`<br><b>${t("desk.probes.vpn")}</b>`}`;
}

function inviteForm(context: Context, { wish }: ProbesView, frame: Frame): Html {
  const { t, said } = context;
  const regions = Object.keys(context.names.regions).map((code) => ({ value: code, label: regionName(context, code) }));
  const networks = Object.keys(context.names.networks).map((asn) => ({
    value: asn,
    label: networkName(context, Number(asn)),
  }));
  const sort = (choices: typeof regions) => choices.sort((a, b) => a.label.localeCompare(b.label, context.language));
  const none = { value: "", label: t("desk.notSaid") };
  return html`<section aria-labelledby="invite"><h2 id="invite">${t("desk.invite.title")}</h2>
<p class="note">${t("desk.invite.note")}</p>
${postForm(
  frame,
  "/probes/invite",
  html`${select({ name: "region", label: t("desk.invite.region"), value: wish.region ?? "", choices: [none, ...sort(regions)] })}${select(
    {
      ...{ name: "asn", label: t("desk.invite.network"), value: wish.asn ?? "" },
      choices: [none, ...sort(networks)],
    },
  )}${select({
    ...{ name: "access", label: t("desk.invite.access"), value: wish.access ?? "" },
    choices: [none, ...(["fixed", "mobile"] as const).map((value) => ({ value, label: said.access[value] }))],
  })}${select({
    ...{ name: "role", label: t("desk.invite.role"), value: wish.role ?? "witness" },
    choices: (["witness", "control"] as const).map((value) => ({ value, label: t(`desk.probe.${value}`) })),
  })}${field({
    ...{ name: "expires-hours", label: t("desk.invite.hours"), value: wish["expires-hours"] ?? "72" },
    ...{ type: "number", min: 1, max: 8760, required: true },
  })}<p><button>${t("desk.invite.make")}</button></p>`,
)}</section>`;
}

function invites(context: Context, rows: readonly InviteRow[]): Html | false {
  const { t } = context;
  return (
    rows.length > 0 &&
    html`<section aria-labelledby="invites"><h2 id="invites">${t("desk.invite.list")}</h2>
${dataTable({
  id: "invites-table",
  caption: t("desk.invite.caption"),
  columns: [t("desk.probes.place"), t("desk.invite.expires"), t("desk.probes.state")],
  rows: rows.map(({ role, region, asn, access, expires, used }, index) => ({
    id: `invite-${index}`,
    cells: [
      [regionName(context, region), asn === null ? null : `AS${asn}`, access, role]
        .filter((part) => part !== null)
        .join(" · "),
      when(context, expires),
      used ? t("desk.invite.used") : expires < context.asOf ? t("desk.invite.over") : t("desk.invite.waits"),
    ],
  })),
})}</section>`
  );
}

/** An invitation to be printed or shown: the code, as a QR code too. It is shown this once. */
export function cardPage(view: CardView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const { code, invitation, squares, expiresAt, region, role } = view;
  const join = invitation ?? `${code} --collector https://…`;
  const main = html`<p class="notice done" role="status">${t("desk.card.once")}</p>
<article class="card invitation">
<h2>${t("desk.card.title")}</h2>
<div class="code-side">${qr(squares, t("desk.card.qr"))}
<div><p class="code">${code}</p>
<p>${t("desk.card.type")}</p>
<p><code>kuager probe join ${join}</code></p>
<p>${t("desk.card.until")} ${when(context, expiresAt)}</p>
<p class="small">${regionName(context, region)} · ${t(`desk.probe.${role === "control" ? "control" : "witness"}`)}</p></div></div>
<ul class="plain">${(["consent", "risk", "stop", "asks"] as const).map((key) => html`<li>${t(`desk.card.${key}`)}</li>`)}</ul>
</article>
<p><a href="${deskHref(frame, "/probes")}">${t("desk.back")}</a></p>`;
  return deskDocument(frame, { title: t("desk.card.heading"), current: "probes", main });
}

/** A QR code as one path of squares. */
function qr(squares: CardView["squares"], label: string): Html {
  const size = squares.length;
  const path = squares.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
