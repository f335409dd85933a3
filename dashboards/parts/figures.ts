import type { NowView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { TILES } from "../tiles.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";
import type { Watch } from "../words/now-sentence.ts";
import { styleOf } from "./when.ts";

/** Four numbers that say how far the rest of the page can be trusted. */
export function figures(context: Context, view: NowView, watch: Watch): Html {
  const { t } = context;
  const number = new Intl.NumberFormat(context.language);
  const of = (known: number) => t("figure.of", { known });
  const { lastAt, total } = view.measurements;
  const last =
    lastAt === null
      ? t("figure.noneYet")
      : t("figure.last", { when: momentText(lastAt, styleOf(context, DEFAULT_ZONE)) });
  return html`<dl class="figures">
${figure(t("figure.probes"), number.format(watch.present), of(watch.known))}
${figure(t("figure.regions"), number.format(watch.regions), of(TILES.length))}
${figure(t("figure.controls"), number.format(view.controls.present), of(view.controls.known))}
${figure(t("figure.measurements", { when: last }), number.format(total), null)}
</dl>`;
}

function figure(label: string, value: string, beside: string | null): Html {
  return html`<div><dt>${label}</dt><dd><b>${value}</b> ${beside !== null && html`<small>${beside}</small>`}</dd></div>`;
}
