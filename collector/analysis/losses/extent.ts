import type { Incident } from "../../../protocol/incident.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";

/** How much of the network was gone, as one link entry shows it. */
export type Degree = "total" | "domestic-only" | "whitelist" | "dns-only" | "partial-port" | "degraded";
type Extent = Incident["extent"];

const ORDER: readonly Degree[] = ["total", "domestic-only", "whitelist", "dns-only", "partial-port", "degraded"];
/** So many anchors abroad, and half of those asked, must be dead before a line that still reaches abroad is ill. */
const DEAD_ANCHORS = 2;

/**
 * Whether a line is well: at the top of the ladder, with a resolver that answers and most anchors abroad. A ladder can
 * stand at its top while names no longer resolve (anchors are also asked by address), or while part of the world is gone.
 */
export function isWell({ state, checks }: LinkBody): boolean {
  if (state !== "international") return false;
  if (checks.resolver?.ok === false) return false;
  const dead = checks.foreign.reduce((count, { ok }) => count + (ok ? 0 : 1), 0);
  return dead < DEAD_ANCHORS || dead * 2 < checks.foreign.length;
}

/** Degree that a link entry of a line that is not well shows. */
export function degreeOf(body: LinkBody): Degree {
  const { checks, ports } = body;
  const domestic = checks.domestic.some(({ ok }) => ok);
  if (!domestic && checks.whitelist.some(({ ok }) => ok)) return "whitelist";
  const failed = [...checks.domestic, ...checks.foreign].filter(({ ok }) => !ok);
  const byName = failed.every(({ failure }) => failure?.startsWith("dns_") === true);
  // Names alone fail: whoever is asked by address answers. Where those fail as well more than names is gone.
  if (checks.resolver?.ok === false && byName && (domestic || failed.length > 0)) return "dns-only";
  if (checks.foreign.some(({ ok }) => ok)) return "degraded";
  if (ports["tcp/443"] === false && Object.values(ports).some((open) => open === true)) return "partial-port";
  return body.state === "domestic" || domestic ? "domestic-only" : "total";
}

/** The degree that most probes' journals show; null while no journal has come. */
export function extentOf(degrees: readonly ReadonlyMap<Degree, number>[]): Degree | null {
  return commonest(degrees.map((counts) => commonest([...counts.keys()], (degree) => counts.get(degree) ?? 0)));
}

/** How many probes' journals show each degree most, as words for a reader: `total 7, domestic-only 2`. */
export function degreeCounts(degrees: readonly ReadonlyMap<Degree, number>[]): Partial<Record<Degree, number>> {
  const own = degrees.map((counts) => commonest([...counts.keys()], (degree) => counts.get(degree) ?? 0));
  const counts = ORDER.map((degree) => [degree, own.filter((one) => one === degree).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** What is published of a degree: mobile lines that lose everything beside fixed ones that stay are `mobile-only`. */
export function publishedExtent(degree: Degree | null, seen: { mobileOnly: boolean; lostShare: number }): Extent {
  const whole = degree === null || degree === "total";
  if (seen.mobileOnly && whole) return "mobile-only";
  return whole && seen.lostShare < FADE_SHARE ? "degraded" : degree;
}

/** Below this share of the probes that were expected the network fell, but not to nothing. */
const FADE_SHARE = 0.7;

function commonest(values: readonly (Degree | null)[], weight: (degree: Degree) => number = () => 1): Degree | null {
  const totals = ORDER.map((degree) => ({
    degree,
    total: values.reduce((sum, value) => sum + (value === degree ? weight(degree) : 0), 0),
  }));
  const best = totals.reduce((top, one) => (one.total > top.total ? one : top));
  return best.total > 0 ? best.degree : null;
}
