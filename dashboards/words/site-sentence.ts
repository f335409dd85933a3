import type { TargetView } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { isInterference, worstOf } from "./finding.ts";
import { listText, networkShort } from "./names.ts";

const SHOWN_NETWORKS = 6;

/** What the site does now, in one sentence. */
export function siteSentence(context: Context, { target, cells }: Pick<TargetView, "target" | "cells">): string {
  const { t } = context;
  const networks = [...new Set(cells.map(({ asn }) => asn))];
  if (networks.length === 0) return t("site.now.unknown", { site: target.id });
  const odd = networks.flatMap((asn) => {
    const worst = worstOf(cells.filter((cell) => cell.asn === asn));
    if (worst === undefined || worst.code === "ok") return [];
    return [{ rank: isInterference(worst.code) ? 0 : 1, asn, code: worst.code }];
  });
  if (odd.length === 0) return t("site.now.ok", { site: target.id, count: networks.length });
  const items = odd
    .sort((a, b) => a.rank - b.rank)
    .map(({ asn, code }) => t("site.now.item", { network: networkShort(context, asn), finding: t(`method.${code}`) }));
  return t("site.now.odd", { site: target.id, list: listText(context, items, SHOWN_NETWORKS) });
}
