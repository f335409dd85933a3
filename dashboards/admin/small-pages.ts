import { actorOf, isAuditAct } from "../../collector/admin/audit.ts";
import { ROLES } from "../../collector/admin/roles.ts";
import type {
  AccountsView,
  AccountView,
  AuditView,
  ConfirmView,
  Frame,
  OutsideView,
  Refused,
  SettingsView,
} from "../../collector/admin/types.ts";
import type { Context } from "../context.ts";
import { html } from "../html.ts";
import { dataTable } from "../parts/data-table.ts";
import { field, hidden, select } from "./fields.ts";
import { deskContext, deskDocument, deskHref, may, postForm } from "./frame.ts";
import { bytesText, when } from "./when.ts";

/** Series of other projects. */
export function outsidePage({ imports, sources }: OutsideView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const operator = may(frame, "operator");
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  const form = postForm(
    frame,
    "/outside",
    html`${select({ name: "source", label: t("desk.outside.source"), choices: sources.map(({ id, name }) => ({ value: id, label: name })) })}${field(
      {
        ...{
          name: "file",
          label: t("desk.outside.file"),
          type: "file",
          required: true,
          hint: t("desk.outside.fileHint"),
        },
      },
    )}${field({ name: "address", label: t("desk.outside.address"), hint: t("desk.outside.addressHint") })}${field({
      ...{ name: "licence", label: t("desk.outside.licence"), hint: t("desk.outside.licenceHint") },
    })}<p><button>${t("desk.outside.take")}</button></p>`,
    { file: true },
  );
  const main = html`<p class="dek">${t("outside.note")}</p>
${operator && html`<section aria-labelledby="take"><h2 id="take">${t("desk.outside.take")}</h2>${form}</section>`}
<section aria-labelledby="kept"><h2 id="kept">${t("desk.outside.kept")}</h2>
${
  imports.length === 0
    ? html`<p class="empty">${t("desk.outside.none")}</p>`
    : dataTable({
        ...{ id: "kept-table", caption: t("desk.outside.keptCaption") },
        columns: [t("desk.outside.source"), t("outside.retrieved"), t("outside.licence"), "SHA-256", t("desk.do")],
        rows: imports.map(({ id, source, address, licence, retrieved, sha256, size }) => ({
          id: `import-${id}`,
          cells: [
            html`${names.get(source) ?? source}<br><span class="small">${address ?? "–"}</span>`,
            html`${when(context, retrieved)}<br><span class="small">${bytesText(size)}</span>`,
            licence,
            html`<code class="hash">${sha256}</code>`,
            operator &&
              postForm(
                frame,
                "/outside/remove",
                html`${hidden("import", String(id))}<button class="danger">${t("desk.remove")}</button>`,
                {
                  className: "in-row",
                },
              ),
          ],
        })),
      })
}</section>`;
  return deskDocument(frame, { title: t("desk.nav.outside"), current: "outside", main });
}

/** How many probes a cell must have to be counted in public. */
export function settingsPage({ enough, least, most }: SettingsView, frame: Frame): string {
  const { t } = deskContext(frame);
  const main = html`<section aria-labelledby="enough"><h2 id="enough">${t("desk.settings.enough")}</h2>
<p>${t("desk.settings.enoughNow", { enough })}</p>
<p class="note">${t("desk.settings.enoughNote", { least })}</p>
${
  may(frame, "operator") &&
  postForm(
    frame,
    "/settings",
    html`${field({ name: "enough", label: t("desk.settings.enoughLabel"), value: String(enough), type: "number", min: least, max: most, required: true })}<p><button>${t("desk.save")}</button></p>`,
  )
}</section>`;
  return deskDocument(frame, { title: t("desk.nav.settings"), current: "settings", main });
}

/** One's own account. */
export function accountPage({ passkeys }: AccountView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const secret = (name: string, label: string, autocomplete: string) =>
    field({ name, label, type: "password", required: true, autocomplete });
  const main = html`<section aria-labelledby="passkeys"><h2 id="passkeys">${t("desk.account.passkeys")}</h2>
<p class="note">${t("desk.account.passkeysNote")}</p>
${
  passkeys.length === 0
    ? html`<p class="empty">${t("desk.account.noPasskey")}</p>`
    : html`<ul class="plain">${passkeys.map(
        ({ id, label, created, used }) =>
          html`<li><b>${label}</b>, ${t("desk.account.added")} ${when(context, created)}${used !== null && html`, ${t("desk.account.used")} ${when(context, used)}`}${postForm(
            frame,
            "/account/passkey/remove",
            html`${hidden("passkey", id)}<button class="danger">${t("desk.remove")}</button>`,
            { className: "in-row" },
          )}</li>`,
      )}</ul>`
}
<div class="desk-form slim">${field({ name: "label", label: t("desk.account.label"), hint: t("desk.account.labelHint"), prefix: "passkey" })}
<p><button type="button" id="passkey-add" data-action="${deskHref(frame, "/account/passkey")}" data-token="${frame.token}" data-failed="${t("desk.passkey.failed")}" hidden>${t("desk.account.addPasskey")}</button></p></div>
<p class="note" id="passkey-none">${t("desk.passkey.needsScript")}</p>
<p id="passkey-says" role="status"></p></section>
<section aria-labelledby="password"><h2 id="password">${t("desk.account.password")}</h2>
<p class="note">${t("desk.account.passwordNote")}</p>
${postForm(
  frame,
  "/account",
  html`<input name="username" autocomplete="username" value="${frame.who?.name ?? ""}" readonly hidden>
${secret("current", t("desk.account.current"), "current-password")}${field({
  ...{ name: "code", label: t("desk.signIn.code"), required: true, autocomplete: "one-time-code" },
})}${secret("password", t("desk.account.wanted"), "new-password")}${secret("again", t("desk.account.again"), "new-password")}<p><button>${t("desk.save")}</button></p>`,
)}</section>`;
  return deskDocument(frame, { title: t("desk.nav.account"), current: "account", main, script: true });
}

/** All accounts. */
export function accountsPage({ accounts }: AccountsView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const roles = ROLES.map((value) => ({ value, label: t(`desk.role.${value}`) }));
  const act = (name: string, what: string, content: ReturnType<typeof html>) =>
    postForm(frame, "/accounts", html`${hidden("name", name)}${hidden("do", what)}${content}`, { className: "in-row" });
  const main = html`<p class="dek">${t("desk.accounts.dek")}</p>
<p><code>kuager collector account add NAME --role viewer|editor|reviewer|operator</code></p>
${dataTable({
  ...{ id: "accounts-table", caption: t("desk.accounts.caption") },
  columns: [
    t("desk.signIn.name"),
    t("desk.accounts.role"),
    t("desk.accounts.made"),
    t("desk.account.passkeys"),
    t("desk.do"),
  ],
  rows: accounts.map(({ name, role, created, disabled, passkeys, paused }) => ({
    id: `account-${name}`,
    cells: [
      html`${name}${disabled && html` <span class="tag">${t("desk.accounts.disabled")}</span>`}${paused && html` <span class="tag">${t("desk.accounts.paused")}</span>`}`,
      disabled || name === frame.who?.name
        ? t(`desk.role.${roleOf(role)}`)
        : act(
            name,
            "role",
            html`${select({ name: "role", label: t("desk.accounts.role"), value: role, choices: roles, prefix: `role-${name}` })}<button>${t("desk.save")}</button>`,
          ),
      when(context, created),
      passkeys,
      html`${paused && act(name, "unlock", html`<button>${t("desk.accounts.unlock")}</button>`)}${!disabled && name !== frame.who?.name && act(name, "disable", html`<button class="danger">${t("desk.accounts.disable")}</button>`)}`,
    ],
  })),
})}`;
  return deskDocument(frame, { title: t("desk.nav.accounts"), current: "accounts", main });
}

function roleOf(role: string): (typeof ROLES)[number] {
  return ROLES.find((one) => one === role) ?? "viewer";
}

/** What was done, and whether the record of it holds. */
export function auditPage({ entries, holds, older }: AuditView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const state =
    holds.brokenAt === null
      ? html`<p class="notice done">${t("desk.audit.holds", { count: holds.entries })} <code class="hash">${holds.head}</code></p>`
      : html`<p class="notice problem" role="alert">${t("desk.audit.broken", { seq: holds.brokenAt })}</p>`;
  const main = html`<p class="dek">${t("desk.audit.dek")}</p>
${state}
${dataTable({
  ...{ id: "audit-table", caption: t("desk.audit.caption") },
  columns: [t("desk.audit.number"), t("events.when"), t("desk.audit.by"), t("desk.audit.act"), t("desk.audit.subject")],
  rows: entries.map(({ seq, at, by, act, subject, detail }) => ({
    id: `audit-${seq}`,
    cells: [
      seq,
      when(context, at),
      actorText(context, { by, act }),
      isAuditAct(act) ? t(`desk.trail.${act}`) : html`<span lang="en">${act}</span>`,
      html`${subject}${subject !== "" && detail !== "" && html`<br>`}${detail !== "" && html`<span class="small" lang="en">${detail}</span>`}`,
    ],
  })),
})}
${older !== null && html`<p><a href="${deskHref(frame, "/audit")}?before=${older}">${t("desk.audit.older")}</a></p>`}`;
  return deskDocument(frame, { title: t("desk.nav.audit"), current: "audit", main });
}

function actorText({ t }: Context, entry: Parameters<typeof actorOf>[0]): string {
  const actor = actorOf(entry);
  return typeof actor === "string" ? t(`desk.audit.${actor}`) : actor.name;
}

/** The second step before something that cannot be undone. */
export function confirmPage({ what, subject, action, fields, back }: ConfirmView, frame: Frame): string {
  const { t } = deskContext(frame);
  const main = html`<p class="dek">${t(`desk.confirm.${what}`, { subject })}</p>
<form class="desk-form" method="post" action="${action}">
<input type="hidden" name="token" value="${frame.token}">
${fields.map(([name, value]) => hidden(name, value))}${hidden("sure", "yes")}
<p><button class="danger">${t(`desk.confirm.${what}.do`)}</button> <a href="${deskHref(frame, back)}">${t("desk.confirm.no")}</a></p>
</form>`;
  return deskDocument(frame, { title: t("desk.confirm.title"), current: null, main });
}

/** Why nothing was done. */
export function refusedPage(why: Refused, frame: Frame): string {
  const { t } = deskContext(frame);
  const main = html`<p class="dek">${t(`desk.refused.${why}.text`)}</p>
<p><a href="${deskHref(frame, "")}">${t("desk.refused.back")}</a></p>`;
  return deskDocument(frame, { title: t(`desk.refused.${why}`), current: null, main });
}
