import type { Area, BlockMethod, Scenario, Truth } from "../scenario.ts";
import { CITIES, DAY, HOUR, MINUTE, SITES, utc } from "./places.ts";

const FROM = utc("2023-04-03");
const FIVE = ["facebook.com", "instagram.com", "youtube.com", "telegram.org", "x.com"];
const DURING = { from: FROM + 12 * HOUR, to: FROM + 24 * HOUR };
const LARGE: readonly Area[] = [
  { asn: 9198, region: "KZ-75", access: "fixed", probes: 8 },
  { asn: 41798, region: "KZ-71", access: "fixed", probes: 4 },
];
const truth = (more: Partial<Truth>): Truth => ({
  ...{ kind: "block", ...DURING, scope: {}, targets: ["meduza.io"], cause: "ordered cut" },
  ...more,
});
const story = (name: string, about: string, more: Pick<Scenario, "acts" | "truths"> & Partial<Scenario>): Scenario => ({
  ...{ name, about, from: FROM, to: FROM + 36 * HOUR, areas: CITIES, targets: SITES },
  ...more,
});
/** When each network's switch is turned: within twenty minutes. */
const SIX = [9198, 21299, 39824, 41798, 48503, 29355].map((asn, place) => ({
  asn,
  from: DURING.from + place * 4 * MINUTE,
}));
const METHODS: readonly BlockMethod[] = ["tls_drop", "tls_reset", "dns_lie", "tls_drop", "tls_reset", "tcp_drop"];

/** What began together is one story; what begins slowly is found all the same. */
export const STORIES: readonly Scenario[] = [
  story("five-targets", "Five names at once on all networks, as when a filter's list is changed: one incident.", {
    targets: [...FIVE, ...SITES],
    acts: [{ act: "block", ...DURING, scope: {}, targets: FIVE, method: "tls_drop" }],
    truths: [truth({ targets: FIVE })],
  }),
  story("six-networks", "One name on six networks within twenty minutes, by four methods: one incident.", {
    acts: SIX.map(({ asn, from }, place) => ({
      act: "block",
      from,
      to: DURING.to,
      scope: { asns: [asn] },
      targets: ["meduza.io"],
      method: METHODS[place] ?? "tls_drop",
    })),
    truths: [truth({ spreadMs: 20 * MINUTE })],
  }),
  story(
    "slow-ramp-days",
    "A block that reaches one probe of a network after another over four days (Danezis' warning).",
    {
      to: FROM + 7 * DAY,
      areas: LARGE,
      acts: [
        {
          act: "block",
          from: FROM + DAY,
          to: FROM + 6 * DAY,
          scope: { asns: [9198] },
          targets: ["meduza.io"],
          method: "tls_drop",
          rampMs: 4 * DAY,
        },
      ],
      truths: [truth({ from: FROM + DAY, to: FROM + 6 * DAY, scope: { asns: [9198] }, slow: true, spreadMs: 4 * DAY })],
    },
  ),
  story(
    "city-at-the-provider",
    "All networks of one city lose everything beyond the provider: who did it stays open.",
    {
      acts: [{ act: "cut", ...DURING, to: DURING.from + 2 * HOUR, scope: { regions: ["KZ-75"] }, line: "isp" }],
      truths: [
        truth({
          kind: "shutdown",
          to: DURING.from + 2 * HOUR,
          scope: { regions: ["KZ-75"] },
          targets: [],
          disputed: true,
        }),
      ],
    },
  ),
];
