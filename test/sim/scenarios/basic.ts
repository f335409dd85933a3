import type { Scenario } from "../scenario.ts";
import { CITIES, DAY, HOUR, MINUTE, SITES, utc } from "./places.ts";

const FROM = utc("2023-03-06");
const EVERYWHERE = {};

/** Nothing happens but churn, nights and bad rounds. */
export const QUIET_WEEK: Scenario = {
  name: "quiet-week",
  about: "Sticky bad rounds and churn alone: every incident is false (detection.md 7.2, bad rounds that persist).",
  from: FROM,
  to: FROM + 7 * DAY,
  areas: CITIES,
  targets: SITES,
  acts: [],
  truths: [],
};

const BLOCK = { from: FROM + 18 * HOUR + 7 * MINUTE, to: FROM + 36 * HOUR + 22 * MINUTE };
/** One name blocked on all networks. */
export const ONE_BLOCK: Scenario = {
  name: "one-block",
  about: "Silence after ClientHello for one name on all networks (the country's commonest method, OONI 2024).",
  from: FROM,
  to: FROM + 2 * DAY,
  areas: CITIES,
  targets: SITES,
  acts: [{ act: "block", ...BLOCK, scope: EVERYWHERE, targets: ["meduza.io"], method: "tls_drop" }],
  truths: [{ kind: "block", ...BLOCK, scope: EVERYWHERE, targets: ["meduza.io"], cause: "ordered cut" }],
};

const CUT = { from: FROM + 10 * HOUR + 31 * MINUTE, to: FROM + 14 * HOUR + 2 * MINUTE };
/** The whole country cut off for three and a half hours. */
export const NATIONAL_CUT: Scenario = {
  name: "national-cut",
  about: "All lines fall together, hosts stay up; journals arrive later, some days later.",
  from: FROM,
  to: FROM + 5 * DAY,
  areas: CITIES,
  targets: SITES.slice(0, 4),
  acts: [{ act: "cut", ...CUT, scope: EVERYWHERE, line: "lan" }],
  truths: [{ kind: "shutdown", ...CUT, scope: EVERYWHERE, targets: [], cause: "ordered cut" }],
};
