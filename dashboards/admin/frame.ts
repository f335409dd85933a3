import { includesRole } from "../../collector/admin/roles.ts";
import { type Frame, SCREENS, type Screen } from "../../collector/admin/types.ts";
import { type Context, contextOf } from "../context.ts";
import { type Html, html, markupOf } from "../html.ts";
import { LANGUAGES } from "../translate.ts";
import { wrongText } from "./wrong.ts";

/** A page of the administration: what stands in it, and which screen it belongs to. */
export type DeskPage = { title: string; current: Screen | null; main: Html; script?: boolean };

const OWN_NAMES = { kk: "Қазақша", ru: "Русский", en: "English" } as const;

/** The context of a frame: language, names, and the moment of the page. */
export function deskContext({ language, names, now, enoughProbes }: Frame): Context {
  return contextOf({ names, enoughProbes, asOf: now }, language);
}

/** Address of a path in the language of a frame. */
export function deskHref({ language }: Pick<Frame, "language">, path: string): string {
  return `/admin/${language}${path}`;
}

/** A whole document. It reads fully without script; only passkeys need one. */
export function deskDocument(frame: Frame, { title, current, main, script = false }: DeskPage): string {
  const { t } = deskContext(frame);
  return markupOf(html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${t("desk.title")}</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
<link rel="stylesheet" href="/assets/desk.css">
${
  script &&
  html`<script src="/assets/passkey.js" defer></script>
`
}</head>
<body class="desk">
<a class="skip" href="#content">${t("site.skip")}</a>
${deskMasthead(frame, current)}
<main id="content" class="wrap">
<h1>${title}</h1>
${notices(frame)}${main}
</main>
</body>
</html>
`);
}

function deskMasthead(frame: Frame, current: Screen | null): Html {
  const { t } = deskContext(frame);
  const { who } = frame;
  const seen = Object.entries(SCREENS).filter(([, { role }]) => who !== null && includesRole(who.role, role));
  // The cast is sound: the keys of SCREENS are the screens.
  const link = ([screen, { path }]: [string, { path: string }]) =>
    html`<a href="${deskHref(frame, path)}"${screen === current && html` aria-current="page"`}>${t(`desk.nav.${screen as Screen}`)}</a>
`;
  return html`<header class="masthead"><div class="wrap">
<a class="brand" href="${deskHref(frame, "")}">Kuager</a>
<p class="tagline">${t("desk.title")}${who !== null && html` · ${who.name} (${t(`desk.role.${who.role}`)})`}</p>
<nav class="languages" aria-label="${t("nav.language")}">${LANGUAGES.map(
    (other) =>
      html`<a href="/admin/${other}${frame.path}" lang="${other}" hreflang="${other}"${
        other === frame.language && html` aria-current="true"`
      }>${OWN_NAMES[other]}</a>`,
  )}</nav>
${
  who !== null &&
  html`<div class="desk-nav"><nav class="pages" aria-label="${t("nav.main")}">${seen.map(link)}</nav>
${postForm(frame, "/sign-out", html`<button class="quiet">${t("desk.signOut")}</button>`, { className: "sign-out" })}</div>`
}
</div></header>`;
}

function notices(frame: Frame): Html {
  const context = deskContext(frame);
  const { t } = context;
  return html`${
    frame.done !== null &&
    html`<p class="notice done" role="status">${t(`desk.done.${frame.done}`)}</p>
`
  }${
    frame.problem !== null &&
    html`<p class="notice problem" role="alert">${t("desk.problem")} ${wrongText(context, frame.problem)}</p>
`
  }`;
}

type FormLook = { className?: string; file?: boolean };

/** A form that is sent to a path of the administration, with the token that shows that it is ours. */
export function postForm(
  frame: Frame,
  path: string,
  content: Html,
  { className = "desk-form", file = false }: FormLook = {},
): Html {
  return html`<form class="${className}" method="post" action="${deskHref(frame, path)}"${file && html` enctype="multipart/form-data"`}>
<input type="hidden" name="token" value="${frame.token}">
${content}
</form>
`;
}

/** Whether who signed in may do what needs a role. */
export function may({ who }: Frame, role: NonNullable<Frame["who"]>["role"]): boolean {
  return who !== null && includesRole(who.role, role);
}
