import type { Act, Scenario, Truth } from "../scenario.ts";
import { CITIES, HOUR, MINUTE, SITES, utc } from "./places.ts";

const END = utc("2022-01-11");
/** Times without the network, read off IODA's plots (detection.md 5.3, net4people/bbs#99); between them the windows. */
const DARK = [
  ["2022-01-05T10:30", "2022-01-05T17:30"],
  ["2022-01-05T22:00", "2022-01-06T10:30"],
  ["2022-01-06T14:00", "2022-01-07T02:30"],
  ["2022-01-07T06:00", "2022-01-08T02:30"],
  ["2022-01-08T10:00", "2022-01-09T02:30"],
  ["2022-01-09T06:00", "2022-01-10T03:00"],
  ["2022-01-10T07:00", "2022-01-11T00:00"],
].map(([from = "", to = ""]) => ({ from: utc(from), to: utc(to) }));
/** From 8 January a white list was open; before it ports 53 and 179 passed. */
const WHITE = utc("2022-01-08");
const MOBILE = { from: utc("2022-01-04T16:00"), to: END };
const ORDA = { from: utc("2022-01-04T06:00"), to: END };

/** The country in January 2022: a name, then mobile lines, then everything, with a window each day. */
export const JANUARY_2022: Scenario = {
  name: "january-2022",
  about: "National shutdown with daily windows, mobile first (detection.md 5.3).",
  from: utc("2022-01-03"),
  to: utc("2022-01-13"),
  areas: CITIES.map((area) => ({ ...area, probes: 3 })),
  targets: SITES,
  roundMs: 30 * MINUTE,
  acts: [
    { act: "block", ...ORDA, scope: {}, targets: ["orda.kz"], method: "tls_drop" },
    { act: "cut", ...MOBILE, scope: { access: "mobile" }, line: "isp", staggerS: 60 },
    ...DARK.map(
      (dark): Act => ({ act: "cut", ...dark, scope: {}, line: dark.from < WHITE ? "partial-port" : "whitelist" }),
    ),
  ],
  truths: [
    { kind: "block", ...ORDA, scope: {}, targets: ["orda.kz"], cause: "ordered cut" },
    { kind: "shutdown", ...MOBILE, scope: { access: "mobile" }, targets: [], cause: "ordered cut", spreadMs: MINUTE },
    ...DARK.map(
      (dark): Truth => ({ kind: "shutdown", ...dark, scope: { access: "fixed" }, targets: [], cause: "ordered cut" }),
    ),
  ],
};

/** Fixed lines of the capital as a TASS reporter told them; mobile data stayed off. */
const ASTANA = [
  ["2022-01-05T11:00", "2022-01-05T17:00"],
  ["2022-01-06T13:40", "2022-01-07T02:40"],
  ["2022-01-07T06:00", "2022-01-08T03:00"],
  ["2022-01-08T09:40", "2022-01-09T03:30"],
  ["2022-01-09T06:00", "2022-01-10T00:30"],
].map(([from = "", to = ""]) => ({ from: utc(from), to: utc(to) }));
const ASTANA_FIXED = { regions: ["KZ-71"], access: "fixed" } as const;

/** One city with windows of its own, beside others that are not touched. */
export const NUR_SULTAN_2022: Scenario = {
  name: "nur-sultan-2022",
  about: "Fixed lines of Nur-Sultan, January 2022 (TASS, iz.ru 1274797; detection.md 5.3).",
  from: utc("2022-01-04"),
  to: utc("2022-01-10") + 12 * HOUR,
  areas: CITIES.map((area) => ({ ...area, probes: 3 })),
  targets: SITES.slice(0, 5),
  roundMs: 60 * MINUTE,
  acts: ASTANA.map((dark) => ({ act: "cut", ...dark, scope: ASTANA_FIXED, line: "partial-port" })),
  truths: ASTANA.map((dark) => ({ kind: "shutdown", ...dark, scope: ASTANA_FIXED, targets: [], cause: "ordered cut" })),
};
