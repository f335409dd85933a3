import { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { Asn, Place, Utc } from "../../protocol/primitives.ts";

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

/** The parameters of the API, each read the same way wherever it is taken. */
export const PARAMETERS = {
  from: Moment.optional(),
  to: Moment.optional(),
  as_of: Moment.optional(),
  region: Place.optional(),
  asn: z
    .string()
    .regex(/^(?:AS)?\d{1,10}$/i, "expected an AS number")
    .transform((text) => Number(text.replace(/^as/i, "")))
    .pipe(Asn)
    .optional(),
  target: z.string().min(1).max(253).optional(),
  id: z.string().min(1).max(64).optional(),
  limit: whole(1, 1000).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,16}-\d{1,16}$/, "expected the cursor of an earlier answer")
    .transform((text) => {
      const [at, id] = text.split("-").map(Number);
      return { at: at ?? 0, id: id ?? 0 };
    })
    .optional(),
  open: z
    .enum(["0", "1"])
    .transform((text) => text === "1")
    .optional(),
  lang: z.enum(["kk", "ru", "en"]).optional(),
} as const;

/** Reads a query. Error: `bad_query` naming each wrong parameter. */
export function readQuery<S extends z.ZodType>(schema: S, query: unknown): z.infer<S> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  throw new CodedError("bad_query", parsed.error.issues.map(issueText).join("; "));
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `${issue.keys.join(", ")}: no such parameter here`;
  return `${issue.path.join(".")}: ${issue.message}`;
}

/** A window from two optional ends. Error: `bad_query` when it ends before it begins. */
export function windowOf(query: { from?: number | undefined; to?: number | undefined }, now: number, days: number) {
  const to = query.to ?? now;
  const from = query.from ?? to - days * 86_400_000;
  if (from >= to) throw new CodedError("bad_query", "from: must lie before `to`");
  return { from, to };
}
