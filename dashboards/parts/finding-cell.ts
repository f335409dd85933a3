import type { TargetCell } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { type Html, html } from "../html.ts";
import { targetHref } from "../links.ts";
import { lookOf, worstOf } from "../words/finding.ts";
import type { MatrixCell } from "./matrix.ts";

/** What a site does on one network, over its regions: the gravest finding, and how many probes agree. */
export function findingCell({ t, enoughProbes }: Context, cells: readonly TargetCell[]): MatrixCell {
  const worst = worstOf(cells);
  if (worst === undefined) return { content: t("targets.notMeasured"), look: "is-none" };
  const same = cells.filter((cell) => cell.code === worst.code);
  const agreeing = same.reduce((total, cell) => total + cell.agreeing, 0);
  const probes = cells.reduce((total, cell) => total + cell.probes, 0);
  const { look, glyph } = lookOf(worst.code);
  const votes = probes < enoughProbes ? t("probes.few") : t("targets.agree", { agreeing, probes });
  const content = html`<span class="glyph" aria-hidden="true">${glyph}</span> ${t(`method.${worst.code}`)} <small>${votes}</small>`;
  return { content, look };
}

/** A site by its address and, where it has another, its name; it leads to the site's own page. */
export function siteName({ language, names }: Context, target: string): Html {
  const name = Object.hasOwn(names.targets, target) ? names.targets[target]?.[language] : undefined;
  return html`<a href="${targetHref(language, target)}">${target}</a>${name !== undefined && name.toLowerCase() !== target && html` <small>${name}</small>`}`;
}
