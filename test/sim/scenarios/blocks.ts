import type { Act, Area, BlockMethod, Scenario, Scope, Truth } from "../scenario.ts";
import { CITIES, DAY, HOUR, MINUTE, SITES, utc } from "./places.ts";

type BlockOptions = {
  name: string;
  about: string;
  from: string;
  to: string;
  targets: readonly string[];
  scope?: Scope;
  method?: BlockMethod;
  areas?: readonly Area[];
  rampMs?: number;
  truth?: Partial<Truth>;
  aroundMs?: number;
};

/** A block with quiet time before and after it. */
function block(options: BlockOptions): Scenario {
  const {
    name,
    about,
    targets,
    scope = {},
    method = "tls_drop",
    areas = CITIES,
    rampMs = 0,
    truth = {},
    aroundMs = 12 * HOUR,
  } = options;
  const during = { from: utc(options.from), to: utc(options.to) };
  return {
    name,
    about,
    from: during.from - aroundMs,
    to: during.to + aroundMs,
    areas,
    targets: [...new Set([...targets, ...SITES])],
    acts: [{ act: "block", ...during, scope, targets, method, rampMs }],
    truths: [{ kind: "block", ...during, scope, targets, cause: "ordered cut", ...truth }],
  };
}

const SOCIAL = ["facebook.com", "instagram.com", "youtube.com"];
const VICTORY = (hour: string, asn: number): Act => ({
  act: "block",
  from: utc(`2019-05-09T${hour}`),
  to: utc("2019-05-09T14:00"),
  scope: { asns: [asn] },
  targets: SOCIAL,
  method: "tls_drop",
});
const LARGE: readonly Area[] = [
  { asn: 9198, region: "KZ-75", access: "fixed", probes: 8 },
  { asn: 41798, region: "KZ-71", access: "fixed", probes: 4 },
];

export const BLOCKS: readonly Scenario[] = [
  {
    name: "social-2019-05-09",
    about: "Facebook, Instagram and YouTube on Victory Day, network by network (NetBlocks eBOg47BZ).",
    from: utc("2019-05-08T18:00"),
    to: utc("2019-05-10"),
    areas: CITIES,
    targets: [...SOCIAL, ...SITES.slice(0, 5)],
    acts: [VICTORY("07:00", 9198), VICTORY("07:05", 21299), VICTORY("07:12", 41798)],
    truths: [
      {
        kind: "block",
        from: utc("2019-05-09T07:00"),
        to: utc("2019-05-09T14:00"),
        scope: { asns: [9198, 21299, 41798] },
        targets: SOCIAL,
        cause: "ordered cut",
        spreadMs: 12 * MINUTE,
      },
    ],
  },
  block({
    name: "hola-2021",
    about: "HOLA News on all large networks for ten days (CPJ, October 2021).",
    from: "2021-10-04T06:00",
    to: "2021-10-14T06:00",
    targets: ["holanews.kz"],
    areas: CITIES.slice(0, 4),
  }),
  block({
    name: "qaznet-2019",
    about: "Interception on one transit path: a quarter of one network's probes (Censored Planet: 7 to 24 % of hosts).",
    from: "2019-07-17T10:00",
    to: "2019-07-19T10:00",
    targets: ["facebook.com", "twitter.com"],
    scope: { asns: [9198], share: 0.25 },
    method: "mitm",
    areas: LARGE,
    truth: { kind: "interception", share: 0.25 },
  }),
  block({
    name: "interception-2020-12",
    about: "Interception in Nur-Sultan for a day (net4people/bbs#56).",
    from: "2020-12-06T04:00",
    to: "2020-12-06T18:00",
    targets: ["facebook.com", "twitter.com"],
    scope: { regions: ["KZ-71"] },
    method: "mitm",
    truth: { kind: "interception" },
  }),
  block({
    name: "slow-ramp",
    about: "A block that reaches one probe after another over a day (Danezis' warning).",
    from: "2023-03-06T06:00",
    to: "2023-03-08T12:00",
    targets: ["meduza.io"],
    areas: LARGE,
    rampMs: DAY,
    truth: { spreadMs: DAY },
  }),
  block({
    name: "half-cell",
    about: "Half of a cell's probes.",
    from: "2023-03-06T06:00",
    to: "2023-03-07T06:00",
    targets: ["meduza.io"],
    scope: { asns: [9198], share: 0.5 },
    areas: LARGE,
    truth: { share: 0.5 },
  }),
];

const FROM = utc("2024-09-29");
const quiet = (name: string, about: string, acts: readonly Act[], more: Partial<Scenario> = {}): Scenario => ({
  name,
  about,
  from: FROM,
  to: FROM + 1.5 * DAY,
  areas: CITIES,
  targets: SITES,
  acts,
  truths: [],
  ...more,
});
const SIX_HOURS = { from: FROM + 10 * HOUR, to: FROM + 16 * HOUR };
const abroad = (name: string, about: string, act: Act, truth: Pick<Truth, "targets" | "cause">): Scenario =>
  quiet(name, about, [act], {
    truths: [{ kind: "block", from: act.from, to: act.to, scope: {}, optional: true, ...truth }],
  });

/** What must not be told as a block. */
export const NEGATIVES: readonly Scenario[] = [
  quiet(
    "canva-2024",
    "A service fails for everybody (tengrinews 264316).",
    [{ act: "site", ...SIX_HOURS, targets: ["canva.com"], fails: 0.9, how: "error" }],
    { targets: ["canva.com", ...SITES] },
  ),
  quiet("ddos-orda", "A site under attack comes and goes, for everybody.", [
    { act: "site", ...SIX_HOURS, targets: ["orda.kz"], fails: 0.5, how: "dead" },
  ]),
  quiet("origin-dead", "Two sites die for everybody.", [
    { act: "site", ...SIX_HOURS, targets: ["vlast.kz", "meduza.io"], fails: 1, how: "dead" },
  ]),
  quiet("transit-fault", "Losses on the way through Russia: a third of all that goes abroad, for two hours.", [
    {
      act: "transit",
      from: FROM + 10 * HOUR,
      to: FROM + 12 * HOUR,
      scope: {},
      targets: SITES,
      fails: 0.35,
      how: "loss",
    },
  ]),
  quiet("cdn-shift", "Names move to other addresses.", [{ act: "shift", ...SIX_HOURS, targets: SITES }]),
  quiet("probe-update", "All probes are updated within ten minutes.", [
    { act: "update", from: FROM + 10 * HOUR, to: FROM + 10 * HOUR + 10 * MINUTE, scope: {}, software: "kuager/0.2.0" },
  ]),
  quiet("liars", "Two of 26 probes report blocks that are none, day and night.", [
    { act: "lie", from: FROM, to: FROM + 2 * DAY, scope: { probes: [1, 12] }, targets: SITES, how: "false-block" },
  ]),
  quiet("replaying-probe", "One probe tells an old block again and again from the second day on.", [
    {
      act: "lie",
      from: FROM + 12 * HOUR,
      to: FROM + 2 * DAY,
      scope: { probes: [8] },
      targets: ["meduza.io"],
      how: "replay",
    },
  ]),
  quiet("flooding-probe", "One probe floods the collector with false blocks.", [
    { act: "lie", from: FROM, to: FROM + 2 * DAY, scope: { probes: [5] }, targets: SITES, how: "flood" },
  ]),
  quiet("time-zone-2024", "1 March 2024: the country's clocks change; nights move.", [], {
    from: utc("2024-02-28"),
    to: utc("2024-03-03"),
  }),
  abroad(
    "russian-spill-over",
    "A name that only Russia filters fails for those whose way leads through it: if told, not as ordered here.",
    { act: "transit", ...SIX_HOURS, scope: {}, targets: ["meduza.io"], fails: 0.95, how: "tls_reset" },
    { targets: ["meduza.io"], cause: "transit filter abroad" },
  ),
  abroad(
    "cdn-region",
    "A region of a CDN fails for the country and its neighbour.",
    { act: "site", ...SIX_HOURS, targets: ["www.facebook.com"], fails: 0.95, how: "dead", fromPlaces: ["KZ", "FI"] },
    { targets: ["www.facebook.com"], cause: "site fault" },
  ),
];
