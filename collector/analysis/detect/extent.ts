import type { Incident } from "../../../protocol/incident.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";

/** How much of the network was gone, as one link entry shows it. */
export type Degree = "total" | "domestic-only" | "whitelist" | "dns-only" | "partial-port";
type Extent = Incident["extent"];

const ORDER: readonly Degree[] = ["total", "domestic-only", "whitelist", "dns-only", "partial-port"];

/** Degree that a link entry below the top of the ladder shows. */
export function degreeOf(body: LinkBody): Degree {
  const { checks, ports } = body;
  const domestic = checks.domestic.some(({ ok }) => ok);
  if (!domestic && checks.whitelist.some(({ ok }) => ok)) return "whitelist";
  if (ports["tcp/443"] === false && Object.values(ports).some((open) => open === true)) return "partial-port";
  const failed = [...checks.domestic, ...checks.foreign].filter(({ ok }) => !ok);
  const byName = failed.length > 0 && failed.every(({ failure }) => failure?.startsWith("dns_") === true);
  if (checks.resolver?.ok === false && (domestic || byName)) return "dns-only";
  return body.state === "domestic" || domestic ? "domestic-only" : "total";
}

/** The degree that most probes' journals show; null while no journal has come. */
export function extentOf(degrees: readonly ReadonlyMap<Degree, number>[]): Extent {
  return commonest(degrees.map((counts) => commonest([...counts.keys()], (degree) => counts.get(degree) ?? 0)));
}

function commonest(values: readonly (Degree | null)[], weight: (degree: Degree) => number = () => 1): Degree | null {
  const totals = ORDER.map((degree) => ({
    degree,
    total: values.reduce((sum, value) => sum + (value === degree ? weight(degree) : 0), 0),
  }));
  const best = totals.reduce((top, one) => (one.total > top.total ? one : top));
  return best.total > 0 ? best.degree : null;
}
