import type { Scenario, Truth } from "../scenario.ts";
import { CITIES, DAY, HOUR, MINUTE, SITES, utc } from "./places.ts";

const FROM = utc("2024-10-07");
const SIX_HOURS = { from: FROM + 20 * HOUR, to: FROM + 26 * HOUR };
/** Names that Russia alone filters (targets/data/targets.ndjson). */
const RUSSIAN = ["kasparov.ru", "khodorkovsky.ru", "graniru.org"];

const scenario = (
  name: string,
  about: string,
  more: Pick<Scenario, "acts" | "truths"> & Partial<Scenario>,
): Scenario => ({
  ...{ name, about, from: FROM, to: FROM + 36 * HOUR, areas: CITIES, targets: [...SITES, ...RUSSIAN] },
  ...more,
});
const ordered = (truth: Partial<Truth>): Truth => ({
  ...{ kind: "block", ...SIX_HOURS, scope: {}, targets: ["meduza.io"], cause: "ordered cut" },
  ...truth,
});

/** Cases that look alike but for one prediction: who or what it was must not be told wrongly. */
export const RIVALS: readonly Scenario[] = [
  scenario(
    "russian-names-together",
    "All that only Russia filters fails with one name that it filters too: the filter may stand on the way (detection.md 5.4).",
    {
      acts: [
        { act: "transit", ...SIX_HOURS, scope: {}, targets: ["meduza.io", ...RUSSIAN], fails: 0.97, how: "tls_reset" },
      ],
      truths: ["meduza.io", ...RUSSIAN].map((target) =>
        ordered({ targets: [target], cause: "transit filter abroad", optional: true }),
      ),
    },
  ),
  scenario("russian-names-pass", "One name that Russia filters too is blocked, and what only Russia filters passes.", {
    acts: [{ act: "block", ...SIX_HOURS, scope: {}, targets: ["meduza.io"], method: "tls_drop" }],
    truths: [ordered({})],
  }),
  scenario("bad-release", "Half of the probes are updated, and their new program loses one site: no incident.", {
    acts: [
      {
        act: "update",
        ...SIX_HOURS,
        to: SIX_HOURS.from + 10 * MINUTE,
        scope: { share: 0.5 },
        software: "kuager/0.2.0",
      },
      {
        act: "fault",
        from: SIX_HOURS.from + 10 * MINUTE,
        to: SIX_HOURS.to,
        scope: { share: 0.5 },
        targets: ["vlast.kz"],
        method: "tcp_drop",
      },
    ],
    truths: [],
  }),
  scenario("attack-abroad", "A site abroad is under attack: errors and silence by turns, for everybody: no incident.", {
    acts: [
      { act: "site", ...SIX_HOURS, targets: ["azattyq.org"], fails: 0.35, how: "dead" },
      { act: "site", ...SIX_HOURS, targets: ["azattyq.org"], fails: 0.3, how: "error" },
    ],
    truths: [],
  }),
  scenario("capped-speed", "One name at one speed on lines of very different speed (IMC 2021: 130 to 150 kbit/s).", {
    from: FROM - 2 * DAY,
    to: FROM + 3 * DAY,
    areas: [
      { asn: 9198, region: "KZ-75", access: "fixed", probes: 6 },
      { asn: 21299, region: "KZ-75", access: "mobile", probes: 6 },
    ],
    targets: SITES.slice(0, 4),
    speed: ["azattyq.org", "vlast.kz"],
    roundMs: HOUR,
    acts: [
      {
        act: "throttle",
        from: FROM + 6 * HOUR,
        to: FROM + 54 * HOUR,
        scope: {},
        targets: ["azattyq.org"],
        capBytesPerS: 18_000,
      },
    ],
    truths: [
      {
        kind: "throttle",
        from: FROM + 6 * HOUR,
        to: FROM + 54 * HOUR,
        scope: {},
        targets: ["azattyq.org"],
        cause: "ordered cut",
      },
    ],
  }),
];
