import { ENOUGH_PROBES, type IncidentView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Fragment, type Html, html } from "../html.ts";
import { probesText } from "../words/counts.ts";
import { messageKey } from "../words/message-key.ts";
import { listText, networkName, regionName } from "../words/names.ts";
import { dataTable } from "./data-table.ts";
import { momentHtml, spanHtml, styleOf } from "./when.ts";

const LISTED = 40;
const CODE_MAX = 1200;

/** Two versions held against each other, field by field. */
export function differenceTable(context: Context, view: IncidentView, zone: string): Html | null {
  const { difference } = view;
  if (difference === undefined) return null;
  const { t } = context;
  const { from, to, fields } = difference;
  const rows = fields.map(({ field, before, after }) => ({
    id: `field-${field}`,
    cells: [nameOf(context, field), told(context, field, before, zone), told(context, field, after, zone)],
  }));
  const columns = [t("diff.field"), t("diff.before", { version: from }), t("diff.before", { version: to })];
  return html`<section aria-labelledby="difference"><h2 id="difference">${t("diff.title", { from, to })}</h2>
${rows.length === 0 ? html`<p class="empty">${t("diff.none")}</p>` : dataTable({ id: "difference-table", caption: t("diff.caption"), columns, rows })}</section>`;
}

function nameOf({ t }: Context, field: string): string {
  const key = messageKey(`diff.field.${field}`);
  return key === null ? field : t(key);
}

/** A value in words where there are some, else as the record gives it. */
function told(context: Context, field: string, value: unknown, zone: string): Fragment {
  const { t } = context;
  if (value === null || (Array.isArray(value) && value.length === 0)) return t("diff.nothing");
  const style = styleOf(context, zone, true);
  if (isInterval(value)) return spanHtml(value, style);
  if (field === "detectedAt" && typeof value === "string") return momentHtml(value, style);
  if (field === "witnesses" && typeof value === "number" && value < ENOUGH_PROBES) return probesText(context, value);
  if (typeof value === "string") return wordOf(context, field, value);
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return t(value ? "criterion.yes" : "criterion.no");
  if (field === "asns")
    return listText(
      context,
      texts(value).map((asn) => networkName(context, Number(asn))),
      LISTED,
    );
  if (field === "regions")
    return listText(
      context,
      texts(value).map((code) => regionName(context, code)),
      LISTED,
    );
  if (field === "targets" || field === "access") return listText(context, texts(value), LISTED);
  if (field === "causes") return causes(context, value);
  return html`<code class="hash">${JSON.stringify(value).slice(0, CODE_MAX)}</code>`;
}

function wordOf({ t }: Context, field: string, value: string): string {
  const key = messageKey(`${field}.${value}`);
  return key === null ? value : t(key);
}

function causes({ t }: Context, value: unknown): Html {
  const rows = Array.isArray(value) ? value.filter(isCause) : [];
  const word = (key: string, code: string) => {
    const known = messageKey(`cause.${key}`);
    return known === null ? code : t(known);
  };
  return html`<ul>${rows.map(({ cause, verdict }) => html`<li>${word(cause, cause)}: ${word(verdict, verdict)}</li>`)}</ul>`;
}

function isCause(value: unknown): value is { cause: string; verdict: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "cause" in value &&
    typeof value.cause === "string" &&
    "verdict" in value &&
    typeof value.verdict === "string"
  );
}

function isInterval(value: unknown): value is { earliest: string; latest: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "earliest" in value &&
    typeof value.earliest === "string" &&
    "latest" in value &&
    typeof value.latest === "string"
  );
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
