import { NOWHERE } from "../world/places.ts";
import type { Scenario, StreetEvent } from "./scenario.ts";

/** Times of the script's acts, in seconds: [from, to] each. */
type Times = { silence: [number, number]; lie: [number, number]; cut: [number, number]; settle: number };

/** A silenced target's measurement lasts about 20 s (two handshakes time out), so that act lasts several of those. */
const FULL: Times = { silence: [30, 165], lie: [45, 120], cut: [185, 265], settle: 60 };
/** For CI: the cut falls into the time of the silence, in the other city. */
const QUICK: Times = { silence: [6, 126], lie: [10, 54], cut: [74, 114], settle: 45 };

/**
 * The demonstration: a site silenced by name on one network, another lied about by a second network's resolver, then
 * one city cut off while a rally is held there. `quick` makes everything shorter.
 */
export function demo(quick: boolean): Scenario & { event: StreetEvent } {
  const times = quick ? QUICK : FULL;
  const [cutFrom, cutTo] = times.cut;
  return {
    name: "demo",
    title: "two blocks and a city cut off",
    acts: [
      {
        id: "silence",
        title: "orda.kz is met with silence after ClientHello on Kcell",
        fromS: times.silence[0],
        toS: times.silence[1],
        deed: { does: "sni-silence", network: "kcell", target: "orda.kz" },
      },
      {
        id: "lie",
        title: "Kazakhtelecom's resolver gives a wrong address for azattyq.org",
        fromS: times.lie[0],
        toS: times.lie[1],
        deed: {
          does: "dns-lie",
          network: "kt",
          target: "azattyq.org",
          lie: { kind: "address", address: NOWHERE },
        },
      },
      {
        id: "cut",
        title: "Astana is cut off: every network's router there drops everything",
        fromS: cutFrom,
        toS: cutTo,
        deed: { does: "city-cut", city: "astana" },
      },
    ],
    event: { id: "lab-rally", title: "Rally in Astana (lab)", city: "astana", fromS: cutFrom - 10, toS: cutTo + 10 },
    settleS: times.settle,
  };
}
