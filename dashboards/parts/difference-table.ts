import type { IncidentView } from "../../collector/api/types.ts";
import type { IncidentWords } from "../../collector/api/wording.ts";
import type { Context } from "../context.ts";
import { type Fragment, type Html, html } from "../html.ts";
import type { TimeStyle } from "../time.ts";
import { probesText } from "../words/counts.ts";
import { messageKey } from "../words/message-key.ts";
import { listText, networkName, regionName } from "../words/names.ts";
import { dataTable } from "./data-table.ts";
import { type Part, placeText } from "./parts-table.ts";
import { momentHtml, spanHtml, styleOf } from "./when.ts";

const LISTED = 40;
const CODE_MAX = 1200;
const PARTS_SHOWN = 12;

/** Two versions held against each other, field by field. */
export function differenceTable(context: Context, view: IncidentView, zone: string): Html | null {
  const { difference } = view;
  if (difference === undefined) return null;
  const { t } = context;
  const { from, to, fields } = difference;
  const rows = fields.map(({ field, before, after }) => ({
    id: `field-${field}`,
    cells: [
      nameOf(context, field),
      told(context, field, only(field, before, after), zone),
      told(context, field, only(field, after, before), zone),
    ],
  }));
  const columns = [t("diff.field"), t("diff.before", { version: from }), t("diff.before", { version: to })];
  return html`<section aria-labelledby="difference"><h2 id="difference">${t("diff.title", { from, to })}</h2>
${rows.length === 0 ? html`<p class="empty">${t("diff.none")}</p>` : dataTable({ id: "difference-table", caption: t("diff.caption"), columns, rows })}</section>`;
}

/** Of lists of parts, those that the other version does not have. */
function only(field: string, value: unknown, other: unknown): unknown {
  if (field !== "parts" || !Array.isArray(value) || !Array.isArray(other)) return value;
  const known = new Set(other.map((one) => JSON.stringify(one)));
  return value.filter((one) => !known.has(JSON.stringify(one)));
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
  if (field === "witnesses" && typeof value === "number" && value < context.enoughProbes)
    return probesText(context, value);
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
  if (field === "parts") return parts(context, value, style);
  return html`<code class="hash">${JSON.stringify(value).slice(0, CODE_MAX)}</code>`;
}

/** Fields whose values are codes with words of their own. */
function booksOf({ kind, extent, confidence, cause }: IncidentWords) {
  return { kind, extent, confidence, cause } as Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function wordOf({ t, said }: Context, field: string, value: string): string {
  const known = field === "method" ? messageKey(`method.${value}`) : null;
  if (known !== null) return t(known);
  return wordIn(booksOf(said)[field], value);
}

function wordIn(book: Readonly<Record<string, string>> | undefined, code: string): string {
  return (book !== undefined && Object.hasOwn(book, code) ? book[code] : undefined) ?? code;
}

function causes({ said }: Context, value: unknown): Html {
  const rows = Array.isArray(value) ? value.filter(isCause) : [];
  return html`<ul>${rows.map(({ cause, verdict }) => html`<li>${wordIn(said.cause, cause)}: ${wordIn(said.held, verdict)}</li>`)}</ul>`;
}

function parts(context: Context, value: unknown, style: TimeStyle): Html {
  const rows = Array.isArray(value) ? value.filter(isPart) : [];
  const more = rows.length - PARTS_SHOWN;
  return html`<ul>${rows
    .slice(0, PARTS_SHOWN)
    .map(
      (part) =>
        html`<li>${placeText(context, part)}<p class="small">${spanHtml(part.start, style)} – ${part.end === null ? context.t("incident.ongoing") : spanHtml(part.end, style)}</p></li>`,
    )}</ul>${more > 0 && html`<p class="small">${context.t("timeline.moreRows", { count: more })}</p>`}`;
}

function isPart(value: unknown): value is Part {
  if (typeof value !== "object" || value === null || !("start" in value && "end" in value)) return false;
  return (
    "asn" in value && "region" in value && isInterval(value.start) && (value.end === null || isInterval(value.end))
  );
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
