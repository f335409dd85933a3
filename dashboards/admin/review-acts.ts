import { ROLES } from "../../collector/admin/roles.ts";
import type { ReviewAct } from "../../collector/admin/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { when } from "./when.ts";

/** What reviewers did, latest first, with who did it: these pages alone tell names of accounts. */
export function actList(context: Context, acts: readonly ReviewAct[]): Html {
  const { t, language } = context;
  if (acts.length === 0) return html`<p class="empty">${t("desk.incidents.noActs")}</p>`;
  return html`<ul class="plain acts-done">${acts.map(
    ({ at, act, subject, author, role, note, other, made }) =>
      html`<li>${when(context, at)}: <b>${t(`desk.act.${act}`)}</b> ${subject}${
        other !== null && html` → ${other}`
      } <span class="small">${author} (${roleText(context, role)})</span>${made.length > 0 && html` <span class="small">${made.join(", ")}</span>`}${
        note !== null && html`<br><q>${note[language] ?? note.en ?? note.ru ?? note.kk}</q>`
      }</li>`,
  )}</ul>`;
}

function roleText({ t }: Context, role: string): string {
  const known = ROLES.find((one) => one === role);
  return known === undefined ? role : t(`desk.role.${known}`);
}
