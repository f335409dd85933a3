import type { Line, Scenario, Scope, Truth } from "../scenario.ts";
import { CITIES, DAY, HOUR, MINUTE, SITES, utc } from "./places.ts";

type CutOptions = {
  name: string;
  about: string;
  from: string;
  to: string;
  scope?: Scope;
  line: Line;
  staggerS?: number;
  truth?: Partial<Truth>;
};

/** A cut in the middle of a day of the usual fleet. */
function cut({ name, about, from, to, scope = {}, line, staggerS = 2, truth = {} }: CutOptions): Scenario {
  const during = { from: utc(from), to: utc(to) };
  return {
    name,
    about,
    from: during.from - 8 * HOUR,
    to: during.to + 14 * HOUR,
    areas: CITIES,
    targets: SITES,
    acts: [{ act: "cut", ...during, scope, line, staggerS }],
    truths: [{ kind: "shutdown", ...during, scope, targets: [], cause: "ordered cut", ...truth }],
  };
}

/** A loss of power. Mobile probes run on batteries. */
function powerCut(options: Omit<CutOptions, "line">): Scenario {
  const { scope = {}, ...rest } = options;
  const scenario = cut({
    ...rest,
    scope: { ...scope, access: "fixed" },
    line: "off",
    truth: { kind: "outage", cause: "power cut", spreadMs: MINUTE },
  });
  return { ...scenario, acts: [{ act: "power", from: utc(options.from), to: utc(options.to), scope }] };
}

const DISPUTED = { from: utc("2022-11-26T13:00"), to: utc("2022-11-26T14:00"), scope: { regions: ["KZ-71"] } };

export const CUTS: readonly Scenario[] = [
  cut({
    name: "two-cities-2021",
    about: "28 February 2021, Almaty and Nur-Sultan, rallies (Access Now; detection.md 5.2).",
    from: "2021-02-28T08:00",
    to: "2021-02-28T11:00",
    scope: { regions: ["KZ-75", "KZ-71"] },
    line: "lan",
  }),
  cut({
    name: "national-2019-06-09",
    about: "Election day 2019: about an hour, national (NetBlocks; detection.md 5.2).",
    from: "2019-06-09T05:00",
    to: "2019-06-09T06:00",
    line: "isp",
  }),
  cut({
    name: "mobile-only",
    about: "All mobile lines, fixed ones stay.",
    from: "2022-01-04T16:00",
    to: "2022-01-04T21:00",
    scope: { access: "mobile" },
    line: "isp",
  }),
  cut({
    name: "white-list",
    about: "Only a list of names is open (January 2022, from the 8th).",
    from: "2022-01-08T10:00",
    to: "2022-01-08T18:00",
    line: "whitelist",
  }),
  cut({
    name: "port-partial",
    about: "UDP 53 and TCP 179 pass, the web does not (net4people/bbs#102).",
    from: "2022-01-05T10:30",
    to: "2022-01-05T17:30",
    line: "partial-port",
  }),
  cut({
    name: "domestic-only",
    about: "Sites inside stay open, those abroad do not.",
    from: "2023-03-06T09:12",
    to: "2023-03-06T12:40",
    line: "domestic",
  }),
  cut({
    name: "dns-only",
    about: "The resolvers of all networks are dead for names abroad.",
    from: "2023-03-06T09:12",
    to: "2023-03-06T11:40",
    line: "dns-only",
  }),
  cut({
    name: "night-maintenance",
    about: "One network in one city for three quarters of an hour at night: an outage.",
    from: "2023-03-06T21:10",
    to: "2023-03-06T21:55",
    scope: { asns: [41798], regions: ["KZ-71"] },
    line: "isp",
    truth: { kind: "outage", cause: "ISP fault" },
  }),
  cut({
    name: "night-order",
    about: "All networks of one city at the same hour of the night: no maintenance of one provider.",
    from: "2023-03-06T21:10",
    to: "2023-03-06T21:55",
    scope: { regions: ["KZ-71"] },
    line: "lan",
  }),
  cut({
    name: "mobile-fades",
    about:
      "Mobile lines are lost one after another within three quarters of an hour (January 2022: a fall, not a step).",
    from: "2022-01-05T09:00",
    to: "2022-01-05T15:00",
    scope: { access: "mobile" },
    line: "lan",
    staggerS: 2700,
    truth: { slow: true, spreadMs: 2_700_000 },
  }),
  powerCut({
    name: "power-2022-01-25",
    about: "Grid failure of Central Asia: power is gone in the south (NetBlocks XAD916Bg).",
    from: "2022-01-25T05:59",
    to: "2022-01-25T08:30",
    scope: { regions: ["KZ-75", "KZ-79"] },
  }),
  powerCut({
    name: "power-2023-10-29",
    about: "Short circuit at CHP-2: the right bank of Astana is dark.",
    from: "2023-10-29T15:58",
    to: "2023-10-29T18:00",
    scope: { regions: ["KZ-71"], share: 0.7 },
  }),
  {
    name: "disputed-2022-11-26",
    about: "Astana, fixed and mobile; the state body said power, a march went on: no cause may lead by the margin.",
    from: DISPUTED.from - 8 * HOUR,
    to: DISPUTED.to + 12 * HOUR,
    areas: CITIES,
    targets: SITES,
    acts: [
      { act: "cut", ...DISPUTED, line: "isp" },
      { act: "power", ...DISPUTED, scope: { ...DISPUTED.scope, share: 0.5 } },
    ],
    truths: [{ kind: "shutdown", ...DISPUTED, targets: [], cause: "ordered cut", disputed: true, spreadMs: MINUTE }],
  },
  {
    name: "collector-gap",
    about: "The collector does not run for forty minutes: no incident.",
    from: utc("2023-03-06"),
    to: utc("2023-03-06") + DAY,
    areas: CITIES,
    targets: SITES,
    acts: [{ act: "collector-gap", from: utc("2023-03-06T10:00"), to: utc("2023-03-06T10:40") }],
    truths: [],
  },
];
