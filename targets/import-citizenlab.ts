import { CodedError } from "../protocol/coded-error.ts";
import type { Category, RiskTier } from "../protocol/target.ts";
import { parseCsv } from "./csv.ts";
import { namesBannedMovement } from "./rules.ts";
import { TargetRow } from "./schema.ts";

/** Goes wherever imported rows go: their licence is not ours. */
export const CITIZENLAB_NOTICE =
  "Rows from the Citizen Lab test lists (https://github.com/citizenlab/test-lists), by Citizen Lab and contributors, " +
  "under CC BY-NC-SA 4.0 (https://creativecommons.org/licenses/by-nc-sa/4.0/). Changed: turned into targets of Kuager, " +
  "rows left out where the report says so. For local, non-commercial use; do not add them to the project's own list.";

const COLUMNS = ["url", "category_code", "category_description", "date_added", "source", "notes"] as const;

/** Category and risk tier of the list's codes; codes not named here are everyday sites of no category of ours. */
const CODES: Readonly<Record<string, readonly [Category, RiskTier]>> = {
  NEWS: ["independent-media", 2],
  HUMR: ["human-rights", 2],
  ANON: ["circumvention", 3],
  GRP: ["social", 1],
  MMED: ["social", 1],
  COMT: ["messenger", 1],
  SRCH: ["search-mail", 1],
  IGO: ["international-organisation", 1],
  GOVT: ["e-service", 1],
  POLR: ["other", 2],
  PUBH: ["other", 2],
  LGBT: ["other", 3],
  REL: ["other", 3],
  GMB: ["other", 3],
  PORN: ["other", 3],
  DATE: ["other", 3],
  ALDR: ["other", 3],
  HACK: ["other", 3],
};

/** Content that may lawfully be blocked, or that could bring a volunteer into danger: never taken over. */
const REFUSED_CODES: ReadonlySet<string> = new Set(["HATE", "MILX"]);

/** What came of an import; `leftOut` says for each row that was not taken why. */
export type Imported = { notice: string; rows: TargetRow[]; leftOut: { line: number; url: string; why: string }[] };

/**
 * Turns a Citizen Lab CSV into target rows for a folder given with `--targets`. Names in all languages are the bare
 * address: nobody has written better ones. Throws `bad_input` when the columns are not those of the lists.
 */
export function importCitizenLab(csvText: string): Imported {
  const [header, ...lines] = parseCsv(csvText);
  if (header === undefined || COLUMNS.some((name, index) => header.fields[index] !== name))
    throw new CodedError("bad_input", `Line 1: expected the columns ${COLUMNS.join(",")} of a Citizen Lab test list.`);
  const imported: Imported = { notice: CITIZENLAB_NOTICE, rows: [], leftOut: [] };
  const seen = new Set<string>();
  for (const { line, fields } of lines) {
    const found = targetOf(fields);
    const why = typeof found === "string" ? found : seen.has(found.id) ? `'${found.id}' is there already` : null;
    if (why !== null || typeof found === "string") {
      imported.leftOut.push({ line, url: fields[0] ?? "", why: why ?? "not a target" });
      continue;
    }
    seen.add(found.id);
    imported.rows.push(found);
  }
  return imported;
}

/** The rows as the text of a `targets.ndjson`. */
export function renderTargets(rows: readonly TargetRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function targetOf(fields: readonly string[]): TargetRow | string {
  const [url = "", code = "", description = "", added = "", source = ""] = fields;
  if (fields.length !== COLUMNS.length) return `${fields.length} fields instead of ${COLUMNS.length}`;
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return "not an http or https address";
  if (REFUSED_CODES.has(code)) return `category ${code} is never measured from volunteers' lines`;
  const id = idOf(url);
  if (namesBannedMovement([id, url])) return "names a movement that a court has banned";
  const [category, risk] = CODES[code] ?? ["other", 1];
  const row = TargetRow.safeParse({
    id,
    url,
    category,
    names: { kk: id, ru: id, en: id },
    why: `In the Citizen Lab test list as ${code} (${description}), added ${added}.`,
    source: `Citizen Lab test lists, CC BY-NC-SA 4.0, contributed by ${source}`,
    hostedIn: new URL(url).hostname.endsWith(".kz") ? "KZ" : null,
    risk,
    kind: "web",
  });
  return row.success ? row.data : row.error.issues.map((issue) => issue.message).join("; ");
}

function idOf(url: string): string {
  const { hostname, pathname } = new URL(url);
  return hostname.replace(/^www\./, "") + pathname.replace(/\/$/, "");
}
