import type { Stamp } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html, markupOf } from "../html.ts";
import { sourceLine } from "../image/source-line.ts";
import { qrCode } from "../parts/qr.ts";

/** What one frame shows, and all that it must say about itself, since it stands in the page of somebody else. */
export type EmbedParts = {
  /** What was chosen, in a word or two. */
  kicker: string;
  title: string;
  /** The time that is shown, in local time and UTC. */
  period: Html;
  drawing: Html;
  notes: Html | null;
  /** Number of what is shown; null where the address is all. */
  id: string | null;
  /** Whole permanent address. */
  address: string;
};

/** A whole document for the frame of another page: no script; links open outside the frame. */
export function embedDocument(context: Context, stamp: Stamp, parts: EmbedParts): string {
  const { t, language } = context;
  const { kicker, title, period, drawing, notes, id, address } = parts;
  return markupOf(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Kuager</title>
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<base target="_blank">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
</head>
<body class="embed">
<main>
<p class="kicker"><span class="embed-brand">Kuager</span> <span>${kicker}</span></p>
<h1>${title}</h1>
<p class="period">${period}</p>
${drawing}
${notes}
<footer><div><p>${sourceLine(context, stamp)}${id !== null && html` · <b>${id}</b>`}</p>
<p><a href="${address}" rel="noopener">${address}</a></p></div>
${qrCode(address, t("cite.qr"))}</footer>
</main>
</body>
</html>
`);
}
