import type { Frame, SignInView } from "../../collector/admin/types.ts";
import { html } from "../html.ts";
import { durationText } from "../words/duration.ts";
import { field } from "./fields.ts";
import { deskContext, deskDocument, postForm } from "./frame.ts";

/** Signing in: name, password and code, or a passkey. */
export function signInPage({ why, waitS, name }: SignInView, frame: Frame): string {
  const context = deskContext(frame);
  const { t } = context;
  const wait = durationText(context, waitS * 1000);
  const main = html`${
    why !== null &&
    html`<p class="notice problem" role="alert">${t(`desk.signIn.${why}`, { wait })}</p>
`
  }<div class="sign-in">
${postForm(
  frame,
  "/sign-in",
  html`<h2>${t("desk.signIn.byPassword")}</h2>
${field({ name: "name", label: t("desk.signIn.name"), value: name, required: true, autocomplete: "username" })}${field({
  ...{ name: "password", label: t("desk.signIn.password"), type: "password", required: true },
  autocomplete: "current-password",
})}${field({
  ...{ name: "code", label: t("desk.signIn.code"), hint: t("desk.signIn.codeHint"), required: true },
  autocomplete: "one-time-code",
})}<p><button>${t("desk.signIn")}</button></p>`,
)}<section class="desk-form" aria-labelledby="passkey"><h2 id="passkey">${t("desk.signIn.byPasskey")}</h2>
<p>${t("desk.signIn.passkeyText")}</p>
<p><button type="button" id="passkey-sign-in" data-action="/admin/${frame.language}/sign-in/passkey" data-failed="${t("desk.passkey.failed")}" hidden>${t("desk.signIn.withPasskey")}</button></p>
<p class="note" id="passkey-none">${t("desk.passkey.needsScript")}</p>
<p id="passkey-says" role="status"></p></section>
</div>
<p class="note">${t("desk.signIn.note")}</p>`;
  return deskDocument(frame, { title: t("desk.signIn"), current: null, main, script: true });
}
