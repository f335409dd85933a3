import type { TargetLegal } from "../../collector/api/legal-types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { legalBasisTable } from "./legal-basis.ts";
import { registryTable } from "./legal-registry.ts";
import { transparencyTable } from "./legal-transparency.ts";

/** The legal side of one site, as a part of its page: basis, registry, and how open the block is. */
export function targetLegalSections(context: Context, { legal, registry, transparency }: TargetLegal): Html {
  const { t } = context;
  return html`<section aria-labelledby="legal"><h2 id="legal">${t("legal.title")}</h2>
<p class="note">${t("legal.note")}</p>
${legalBasisTable(context, legal)}</section>
<section aria-labelledby="registry"><h2 id="registry">${t("registry.title")}</h2>
<p class="note">${t("registry.note")}</p>
${registryTable(context, registry)}</section>
<section aria-labelledby="transparency"><h2 id="transparency">${t("transparency.title")}</h2>
<p class="note">${t("transparency.note")}</p>
${transparencyTable(context, transparency)}</section>`;
}
