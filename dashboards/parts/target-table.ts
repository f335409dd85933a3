import { ENOUGH_PROBES, type NowView, type TargetCell, type VerdictCode } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { listText, networkShort } from "../words/names.ts";
import { type MatrixCell, matrixTable } from "./matrix.ts";

/** Sites shown in the table; all are in the data files. */
const SHOWN_SITES = 40;
const SHOWN_FINE = 60;

/** Gravest first: what a cell shows when probes of one network differ between regions. */
const ORDER: readonly VerdictCode[] = [
  "tls_mitm",
  "block_page",
  "dns_tamper",
  "tls_drop",
  "tls_reset",
  "tcp_block",
  "http_block",
  "throttled",
  "geo_block",
  "site_down",
  "origin_side",
  "inconclusive",
  "local_interference",
  "captive_portal",
  "offline",
  "ok",
];
const LAST_BLOCKING = ORDER.indexOf("throttled");

/** What each site does on each network: those that differ from normal in a table, all others in one sentence. */
export function targetSection(context: Context, cells: readonly TargetCell[], names: NowView["names"]): Html {
  const { t } = context;
  const sites = [...new Set(cells.map((cell) => cell.target))].map((target) => siteOf(target, cells));
  const odd = sites.filter(({ rank }) => rank < ORDER.indexOf("ok"));
  const shown = odd.sort((a, b) => a.rank - b.rank || a.target.localeCompare(b.target)).slice(0, SHOWN_SITES);
  const fine = sites.filter((site) => !odd.includes(site)).map(({ target }) => target);
  return html`<section aria-labelledby="targets">
<h2 id="targets">${t("targets.title")}</h2>
<p class="note">${t("targets.note")}</p>
${shown.length > 0 && siteTable(context, shown, names)}
${odd.length > shown.length && html`<p class="note">${t("targets.more", { count: odd.length - shown.length })}</p>`}
${fineLine(context, fine, cells.length === 0, odd.length === 0)}
</section>`;
}

function siteOf(target: string, cells: readonly TargetCell[]) {
  const own = cells.filter((cell) => cell.target === target);
  return { target, own, rank: Math.min(...own.map((cell) => ORDER.indexOf(cell.code))) };
}

function fineLine(context: Context, fine: readonly string[], none: boolean, all: boolean): Html | null {
  const { t } = context;
  if (none) return html`<p class="empty">${t("targets.empty")}</p>`;
  if (fine.length === 0) return null;
  const list = listText(context, [...fine].sort(), SHOWN_FINE);
  const lead = all && html`<strong>${t("targets.allFine")}</strong> `;
  return html`<p class="fine">${lead}${t("targets.fine", { count: fine.length, list })}</p>`;
}

function siteTable(
  context: Context,
  sites: readonly { target: string; own: readonly TargetCell[] }[],
  names: NowView["names"],
): Html {
  const networks = [...new Set(sites.flatMap(({ own }) => own.map((cell) => cell.asn)))].sort(
    (a, b) => Number(a) - Number(b),
  );
  return matrixTable({
    id: "targets-table",
    caption: context.t("targets.caption"),
    corner: context.t("targets.site"),
    columns: networks.map((asn) => networkShort(context, asn)),
    rows: sites.map(({ target, own }) => ({
      head: siteName(context, target, names),
      cells: networks.map((asn) =>
        findingCell(
          context,
          own.filter((cell) => cell.asn === asn),
        ),
      ),
    })),
  });
}

function siteName({ language }: Context, target: string, names: NowView["names"]): Html {
  const name = Object.hasOwn(names.targets, target) ? names.targets[target]?.[language] : undefined;
  return html`${target}${name !== undefined && name !== target && html` <small>${name}</small>`}`;
}

function findingCell({ t }: Context, cells: readonly TargetCell[]): MatrixCell {
  const [worst] = [...cells].sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
  if (worst === undefined) return { content: t("targets.notMeasured"), look: "is-none" };
  const same = cells.filter((cell) => cell.code === worst.code);
  const agreeing = same.reduce((total, cell) => total + cell.agreeing, 0);
  const probes = cells.reduce((total, cell) => total + cell.probes, 0);
  const rank = ORDER.indexOf(worst.code);
  const [look, glyph] =
    rank <= LAST_BLOCKING ? ["is-blocked", "⊘"] : worst.code === "ok" ? ["is-quiet", "✓"] : ["is-few", "?"];
  const votes = probes < ENOUGH_PROBES ? t("probes.few") : t("targets.agree", { agreeing, probes });
  const content = html`<span class="glyph" aria-hidden="true">${glyph}</span> ${t(`method.${worst.code}`)} <small>${votes}</small>`;
  return { content, look: look ?? "" };
}
