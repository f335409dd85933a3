import type { SeriesCase, SpeedCase, WebCase } from "./case.ts";
import { ADDRESS_CASES } from "./cases/address.ts";
import { DNS_CASES } from "./cases/dns.ts";
import { HTTP_CASES } from "./cases/http.ts";
import { LINE_CASES, SERIES_CASES, SPEED_CASES } from "./cases/line.ts";
import { SITE_CASES } from "./cases/site.ts";
import { TLS_CASES } from "./cases/tls.ts";
import { V6_CASES } from "./cases/v6.ts";

/** One line of the matrix, with the group it stands in as the first word of its name. */
export type MatrixCase =
  | ({ kind: "web" } & WebCase)
  | ({ kind: "speed" } & SpeedCase)
  | ({ kind: "series" } & SeriesCase);

const GROUPS: readonly (readonly [string, readonly WebCase[]])[] = [
  ["dns", DNS_CASES],
  ["address", ADDRESS_CASES],
  ["tls", TLS_CASES],
  ["http", HTTP_CASES],
  ["site", SITE_CASES],
  ["v6", V6_CASES],
  ["line", LINE_CASES],
];

/** Every case, in the order of the groups. Names are unique. */
export const MATRIX: readonly MatrixCase[] = [
  // The longest first: the others fill the lanes beside them.
  ...SERIES_CASES.map((one): MatrixCase => ({ kind: "series", ...one, name: `throttling: ${one.name}` })),
  ...SPEED_CASES.map((one): MatrixCase => ({ kind: "speed", ...one, name: `speed: ${one.name}` })),
  ...GROUPS.flatMap(([group, cases]) =>
    cases.map((one): MatrixCase => ({ kind: "web", ...one, name: `${group}: ${one.name}` })),
  ),
];
