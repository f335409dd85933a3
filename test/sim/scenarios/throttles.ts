import type { Act, Area, Scenario, Truth } from "../scenario.ts";
import { DAY, HOUR, SITES, utc } from "./places.ts";

const AREAS: readonly Area[] = [
  { asn: 9198, region: "KZ-75", access: "fixed", probes: 5 },
  { asn: 41798, region: "KZ-71", access: "fixed", probes: 4 },
  { asn: 21299, region: "KZ-75", access: "mobile", probes: 4 },
];
const evenings = Array.from({ length: 6 }, (_, day) => ({
  from: utc("2018-04-03T14:00") + day * DAY,
  to: utc("2018-04-03T16:00") + day * DAY,
}));
const VIDEO = ["youtube.com", "facebook.com"];

const azattyq = { from: utc("2022-09-27T06:00"), to: utc("2022-10-06T06:00"), targets: ["azattyq.org"] };
const currenttime = { from: utc("2022-11-20T06:00"), to: utc("2022-11-25T06:00"), targets: ["currenttime.tv"] };

const rising = { from: utc("2023-05-04T04:00"), to: utc("2023-05-06T04:00"), targets: ["meduza.io"] };

/** Throttles as reported; long ones are cut to what their detection needs. */
export const THROTTLES: readonly Scenario[] = [
  {
    name: "evening-throttle",
    about: "Two hours every evening (2018; 30 evenings cut to six). The first three make the method's past.",
    from: utc("2018-03-31"),
    to: utc("2018-04-09"),
    areas: AREAS,
    targets: VIDEO,
    speed: VIDEO,
    roundMs: HOUR / 2,
    acts: evenings.map((evening): Act => ({ act: "throttle", ...evening, scope: {}, targets: VIDEO, ratio: 0.1 })),
    truths: evenings.map(
      (evening): Truth => ({
        kind: "throttle",
        ...evening,
        scope: {},
        targets: VIDEO,
        cause: "ordered cut",
        optional: true,
      }),
    ),
  },
  {
    name: "azattyq-handshakes",
    about: "Slow handshakes on most networks (OONI 2023; half a year cut to nine days).",
    from: azattyq.from - 3 * DAY,
    to: azattyq.to + DAY,
    areas: AREAS,
    targets: SITES.slice(0, 4),
    speed: ["azattyq.org", "meduza.io"],
    roundMs: HOUR,
    acts: [{ act: "throttle", ...azattyq, scope: {}, handshakeMs: 3500 }],
    truths: [{ kind: "throttle", ...azattyq, scope: {}, cause: "ordered cut" }],
  },
  {
    name: "currenttime-one-network",
    about: "One name on one network (OONI 2023).",
    from: currenttime.from - 3 * DAY,
    to: currenttime.to + DAY,
    areas: AREAS,
    targets: ["currenttime.tv", ...SITES.slice(0, 3)],
    speed: ["currenttime.tv", "meduza.io"],
    roundMs: HOUR,
    acts: [{ act: "throttle", ...currenttime, scope: { asns: [9198] }, handshakeMs: 3000, ratio: 0.3 }],
    truths: [{ kind: "throttle", ...currenttime, scope: { asns: [9198] }, cause: "ordered cut" }],
  },
  {
    name: "throttle-builds-up",
    about: "A name loses its speed little by little over twelve hours, down to a tenth (Danezis' warning).",
    from: rising.from - 3 * DAY,
    to: rising.to + DAY,
    areas: AREAS,
    targets: SITES.slice(0, 4),
    speed: ["meduza.io", "azattyq.org"],
    roundMs: HOUR / 2,
    acts: [{ act: "throttle", ...rising, scope: { asns: [9198] }, ratio: 0.1, rampMs: 12 * HOUR }],
    truths: [
      { kind: "throttle", ...rising, scope: { asns: [9198] }, cause: "ordered cut", slow: true, spreadMs: 12 * HOUR },
    ],
  },
];
