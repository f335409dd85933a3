import { createHash } from "node:crypto";
import type { Random } from "./random.ts";
import type { ProbeSpec, Scenario } from "./scenario.ts";

/** Networks abroad on which controls stand: not one cloud, not one country. */
const ABROAD = [
  { region: "DE", asn: 24940 },
  { region: "NL", asn: 60781 },
  { region: "FI", asn: 1759 },
] as const;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The probes of a scenario: witnesses by area, and three controls. Number in area i of n is spread for shares. */
export function makeFleet({ areas, churn = 1, name }: Scenario, random: Random): ProbeSpec[] {
  let number = 0;
  const witnesses = areas.flatMap((area) =>
    Array.from({ length: area.probes }, (_, place): ProbeSpec => {
      const { asn, region, access } = area;
      const mobile = access === "mobile";
      return {
        number,
        joins: area.joins ?? null,
        info: {
          id: idOf(name, number++, (place + 0.5) / area.probes),
          role: "witness",
          asn,
          region,
          access,
          from: "",
          to: null,
        },
        // Clocks: detection.md 7.6 asks for five minutes either way, and boards that start in 1970.
        skewMs: Math.round(random.between(-5, 5) * MINUTE_MS),
        noClock: random.chance(0.2),
        lagMs: random.chance(0.15) ? random.between(0, 96) * HOUR_MS : random.between(0, 60_000),
        night: random.chance(0.25 * churn)
          ? { fromHour: random.between(22, 25), hours: random.between(6, 9), clean: random.chance(0.5) }
          : null,
        dropsPerDay: churn * Math.exp(random.normal(Math.log(mobile ? 1 : 0.4), 0.6)),
        medium: mobile ? "wwan" : random.pick(["ethernet", "wifi"] as const),
        bytesPerS: Math.exp(random.normal(Math.log(mobile ? 1_000_000 : 4_000_000), 0.6)),
      };
    }),
  );
  const controls = ABROAD.map(
    ({ region, asn }): ProbeSpec => ({
      number,
      joins: null,
      info: { id: idOf(name, number++, 0.5), role: "control", asn, region, access: "fixed", from: "", to: null },
      skewMs: 0,
      noClock: false,
      lagMs: 1000,
      night: null,
      dropsPerDay: 0.02,
      medium: "ethernet",
      bytesPerS: 20_000_000,
    }),
  );
  return [...witnesses, ...controls];
}

/** A made-up id. Its first half byte-pair says where in its area the probe stands, so that shares are met evenly. */
function idOf(name: string, number: number, place: number): string {
  const head = Math.floor(place * 2 ** 32)
    .toString(16)
    .padStart(8, "0");
  return head + createHash("sha256").update(`${name}/${number}`).digest("hex").slice(0, 24);
}
