import type { Act, Area, Lie, Scenario, Scope, Truth } from "../scenario.ts";
import { CITIES, DAY, HOUR, SITES, utc } from "./places.ts";

const FROM = utc("2024-09-16");
const ALWAYS = { from: FROM, to: FROM + 3 * DAY };
/** Sites with known answers beside the others (targets/data/targets.ndjson). */
const TARGETS = [...SITES, "example.com", "no-such-site.invalid"];
const BLOCK = { from: FROM + 14 * HOUR, to: FROM + 26 * HOUR };
const TRUE_BLOCK: Truth = {
  ...{ kind: "block", ...BLOCK, scope: { asns: [9198, 21299] }, targets: ["vlast.kz"], cause: "ordered cut" },
};

const lie = (
  how: Lie,
  probes: readonly number[],
  targets: readonly string[],
  during: Partial<typeof ALWAYS> = {},
): Act => ({
  ...{ act: "lie", ...ALWAYS, ...during, scope: { probes } satisfies Scope, targets, how },
});
const liars = (name: string, about: string, acts: readonly Act[], more: Partial<Scenario> = {}): Scenario => ({
  ...{ name, about, from: FROM, to: FROM + 36 * HOUR, areas: CITIES, targets: TARGETS, acts, truths: [] },
  ...more,
});
const beside = (name: string, about: string, acts: readonly Act[]): Scenario =>
  liars(
    name,
    about,
    [{ act: "block", ...BLOCK, scope: TRUE_BLOCK.scope, targets: ["vlast.kz"], method: "tls_drop" }, ...acts],
    {
      truths: [TRUE_BLOCK],
    },
  );

/** Three new hosts on a network where three honest ones have been for four days. */
const NEWCOMERS: readonly Area[] = [
  ...CITIES,
  { asn: 39824, region: "KZ-75", access: "fixed", probes: 2, joins: FROM + 4 * DAY },
];

/** A tenth of the probes lie, in every way that pays: what is told must be what is true. */
export const LIARS: readonly Scenario[] = [
  liars("colluders-one-network", "Two of the four probes of one network agree to call one site blocked.", [
    lie("false-block", [0, 1], ["orda.kz"]),
  ]),
  liars("colluders-small-cell", "Two of the three probes of one network agree to call one site blocked.", [
    lie("false-block", [14, 15], ["orda.kz"]),
  ]),
  liars(
    "newcomers-collude",
    "Two new hosts call a site blocked from their first day on, on a network where others find it open.",
    [lie("false-block", [26, 27], ["orda.kz"], { from: FROM + 4 * DAY, to: FROM + 6 * DAY })],
    { to: FROM + 6 * DAY, areas: NEWCOMERS },
  ),
  beside("liars-beside-a-block", "Two probes of another network claim another block while a true one goes on.", [
    lie("false-block", [11, 12], ["orda.kz"]),
  ]),
  beside("claims-too-long", "Two probes claim a true block a day before it begins and after it ends.", [
    lie("false-block", [0, 4], ["vlast.kz"]),
  ]),
  beside("deniers", "Two probes on blocked networks call the site open.", [lie("denial", [0, 4], ["vlast.kz"])]),
  beside("fiction", "Two probes make their records up: all is well, and sites that cannot exist are there.", [
    lie("fiction", [0, 4], TARGETS),
  ]),
  beside(
    "flood-beside-a-block",
    "One probe floods with false blocks, one with an old one, while a true block goes on.",
    [lie("flood", [5], SITES), lie("replay", [9], ["meduza.io"])],
  ),
];
