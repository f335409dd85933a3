import { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { Incident } from "../../protocol/incident.ts";
import { plainProblem } from "../../protocol/plain-problem.ts";
import { Access, Asn, Place, Role, Utc } from "../../protocol/primitives.ts";
import { Category } from "../../protocol/target.ts";
import { VerdictCode } from "../../protocol/verdict.ts";
import { CursorText } from "./cursor.ts";
import { STATES } from "./rows/incident-row.ts";

/** A moment, or a day meaning its first moment (UTC); in milliseconds since 1970. */
const Moment = z
  .union([Utc, z.iso.date()], {
    error: "expected a UTC time such as 2022-01-05T10:30:00Z, or a day such as 2022-01-05",
  })
  .transform((text) => Date.parse(text));

/** A parameter must not stand twice; the query parser makes a list of it then. */
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, "expected a whole number")
    .transform(Number)
    .pipe(z.int().min(min).max(max));

/** Several values apart by commas. */
export function several<T extends string>(one: z.ZodType<T, string>, max = 16) {
  return z
    .string()
    .max(512)
    .transform((text) => text.split(","))
    .pipe(z.array(one).min(1).max(max));
}

const flag = z.enum(["0", "1"]).transform((text) => text === "1");

/** The parameters of the API, each read the same way wherever it is taken. */
export const PARAMETERS = {
  from: Moment.optional().describe("first moment or day (UTC)"),
  to: Moment.optional().describe("end: a moment, or the first moment of a day (UTC); not itself included"),
  as_of: Moment.optional().describe("answer as it was known at that moment"),
  around: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("id of an event: from a day before it to a day after; not with from and to"),
  region: Place.optional().describe("ISO 3166-2 code of a region such as KZ-75; KZ for rows told for the country only"),
  asn: z
    .string()
    .regex(/^(?:AS)?\d{1,10}$/i, "expected an AS number")
    .transform((text) => Number(text.replace(/^as/i, "")))
    .pipe(Asn)
    .optional()
    .describe("number of a network, such as 9198 or AS9198"),
  access: Access.optional().describe("fixed or mobile"),
  role: Role.optional().describe("witness inside, or control"),
  target: z.string().min(1).max(253).optional().describe("id of a target, such as orda.kz"),
  category: Category.optional().describe("category of targets"),
  code: several(VerdictCode).optional().describe("verdicts, apart by commas"),
  kind: several(Incident.shape.kind).optional().describe("kinds of incidents, apart by commas"),
  confidence: several(Incident.shape.confidence)
    .optional()
    .describe("observed, probable or confirmed, apart by commas"),
  method: z.string().min(1).max(64).optional().describe("method of interference, such as tls_drop"),
  id: z.string().min(1).max(64).optional().describe("id of an incident"),
  limit: whole(1, 1000).optional().describe("rows of a page, at most 1000 (100 where it is left out)"),
  cursor: CursorText.optional().describe("where an earlier answer's next page begins"),
  state: several(z.enum(STATES)).optional().describe("unpublished, published, withdrawn or merged, apart by commas"),
  open: flag.optional().describe("1: only those that have not ended"),
  lang: z.enum(["kk", "ru", "en"]).optional().describe("language of names in tables (en where it is left out)"),
} as const;

/** Reads a query. Error: `bad_query` naming each wrong parameter. */
export function readQuery<S extends z.ZodType>(schema: S, query: unknown): z.infer<S> {
  const parsed = schema.safeParse(query, { error: plainProblem });
  if (parsed.success) return parsed.data;
  throw new CodedError("bad_query", parsed.error.issues.map(issueText).join("; "));
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `${issue.keys.join(", ")}: no such parameter here`;
  return `${issue.path[0] === undefined ? "" : String(issue.path[0])}: ${issue.message}`;
}

/** A window from two optional ends. Error: `bad_query` when it ends before it begins. */
export function windowOf(query: { from?: number | undefined; to?: number | undefined }, now: number, days: number) {
  const to = query.to ?? now;
  const from = query.from ?? to - days * 86_400_000;
  if (from >= to) throw new CodedError("bad_query", "from: must lie before `to`");
  return { from, to };
}
