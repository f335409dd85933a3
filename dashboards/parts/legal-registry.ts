import type { RegistryLookup } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { answerHref } from "../evidence-links.ts";
import { type Html, html } from "../html.ts";
import { DEFAULT_ZONE } from "../time.ts";
import { dataTable } from "./data-table.ts";
import { momentHtml, styleOf } from "./when.ts";

const HASH_SHOWN = 16;

/** What a public registry answered about sites, each answer with its bytes and hash. */
export function registryTable(context: Context, lookups: readonly RegistryLookup[]): Html {
  const { t, said } = context;
  if (lookups.length === 0) return html`<p class="empty">${t("registry.notAsked")}</p>`;
  const style = styleOf(context, DEFAULT_ZONE, true);
  const columns = (
    ["cells.site", "registry.answer", "registry.entries", "registry.asked", "registry.bytes"] as const
  ).map((key) => t(key));
  const rows = lookups.map((lookup, index) => ({
    id: `registry-${index + 1}`,
    cells: [
      lookup.target,
      html`<b>${said.legal.registry[lookup.status]}</b>${lookup.failure !== null && html`<p class="small">${t("registry.failure", { failure: lookup.failure })}</p>`}`,
      entries(context, lookup),
      momentHtml(lookup.asked, style),
      bytes(context, lookup),
    ],
  }));
  return dataTable({ id: "registry-table", caption: t("registry.caption"), columns, rows });
}

function entries({ t }: Context, { entries: given }: RegistryLookup): Html {
  if (given.length === 0) return html`${t("diff.nothing")}`;
  const line = (entry: RegistryLookup["entries"][number]) =>
    [entry.name, entry.category, entry.court, entry.document, entry.date].filter((part) => part !== null).join("; ");
  return html`<ul lang="ru">${given.slice(0, 5).map((entry) => html`<li class="source">${line(entry)}</li>`)}</ul>`;
}

function bytes({ t }: Context, { answerSha256, answerBytes }: RegistryLookup): Html {
  if (answerSha256 === null) return html`${t("registry.noBytes")}`;
  return html`<a href="${answerHref(answerSha256)}" download><code class="hash">${answerSha256.slice(0, HASH_SHOWN)}…</code></a> <span class="small">${answerBytes} B</span>`;
}
