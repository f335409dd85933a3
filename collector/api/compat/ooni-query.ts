import { z } from "zod";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { Target } from "../types.ts";
import { ooniTarget } from "./ooni-words.ts";

const DAY_MS = 86_400_000;
/** OONI's own default. */
const DEFAULT_DAYS = 182;

/** A day, or a time that OONI would take; UTC without saying so. */
const OoniDate = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?Z?)?$/, "expected a day such as 2022-01-05")
  .transform((text) => Date.parse(text.length === 10 ? text : `${text.replace(" ", "T").replace(/Z$/, "")}Z`))
  .refine((at) => Number.isFinite(at), "expected a day such as 2022-01-05");
const list = z
  .string()
  .max(1024)
  .transform((text) =>
    text
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  )
  .pipe(z.array(z.string()).min(1).max(64));

/** What OONI's measurements and aggregation are both asked by. Parameters of theirs that we have no rows for are taken. */
export const OONI_FILTERS = {
  probe_cc: list.optional().describe("country codes, apart by commas; only KZ has rows"),
  probe_asn: list.optional().describe("networks such as AS9198, apart by commas"),
  probe_region: list.optional().describe("regions such as KZ-75, apart by commas; not a parameter of OONI"),
  test_name: list.optional().describe("web_connectivity, or a messenger"),
  domain: list.optional().describe("hosts, apart by commas"),
  input: z.string().min(1).max(2048).optional().describe("address as it is measured"),
  category_code: z
    .string()
    .regex(/^[A-Z]{2,8}$/)
    .optional()
    .describe("code of Citizen Lab's lists"),
  since: OoniDate.optional().describe("first day; half a year ago where it is left out"),
  until: OoniDate.optional().describe("day after the last"),
  ooni_run_link_id: z.string().max(256).optional().describe("no row has one"),
};
const Filters = z.object(OONI_FILTERS);
export type OoniFilters = z.infer<typeof Filters>;

/** The window asked for. Error: `bad_query` when it ends before it begins. */
export function ooniWindow({ since, until }: OoniFilters, now: EpochMs): { from: EpochMs; to: EpochMs } {
  const to = until ?? (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  const from = since ?? to - DEFAULT_DAYS * DAY_MS;
  if (from >= to) throw new CodedError("bad_query", "since: must lie before until");
  return { from, to };
}

/** Targets that fit; null where all do. */
export function ooniTargets(filters: OoniFilters, targets: readonly Target[]): readonly Target[] | null {
  const { domain, input, category_code, test_name } = filters;
  if ([domain, input, category_code, test_name].every((one) => one === undefined)) return null;
  return targets.filter((target) => {
    const words = ooniTarget(target);
    return (
      (domain === undefined || domain.some((one) => bare(one) === bare(words.domain))) &&
      (input === undefined || words.input === input) &&
      (category_code === undefined || words.category_code === category_code) &&
      (test_name === undefined || test_name.includes(words.test_name))
    );
  });
}

/** Networks asked for, as numbers. Error: `bad_query` for one that is none. */
export function ooniAsns({ probe_asn }: OoniFilters): readonly number[] | null {
  if (probe_asn === undefined) return null;
  return probe_asn.map((text) => {
    const [, digits] = /^(?:AS)?(\d{1,10})$/i.exec(text) ?? [];
    if (digits === undefined) throw new CodedError("bad_query", "probe_asn: expected networks such as AS9198");
    return Number(digits);
  });
}

/** Whether any row can fit: all rows are of Kazakhstan, and none was made by a link of OONI Run. */
export function canHaveRows({ probe_cc, ooni_run_link_id }: OoniFilters): boolean {
  return ooni_run_link_id === undefined && (probe_cc === undefined || probe_cc.includes("KZ"));
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, "");
}
