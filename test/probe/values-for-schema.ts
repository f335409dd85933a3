import fc from "fast-check";
import type { z } from "zod";

/** What zod says of a schema, as far as values are made by it. */
type Definition = {
  type: string;
  shape?: Readonly<Record<string, z.ZodType>>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  options?: readonly z.ZodType[];
  items?: readonly z.ZodType[];
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  entries?: Readonly<Record<string, string>>;
  values?: readonly unknown[];
  format?: string;
};

/** Texts at which formats and lengths are decided, right ones and nearly right ones. */
const TEXTS = [
  ...[
    "",
    "a",
    "kk",
    "KZ",
    "KZ-75",
    "KZ-ALA",
    "KZ-7",
    "KZ-2026-0042",
    "orda.kz",
    "https://orda.kz/",
    "http:x",
    "ftp://a.kz/",
  ],
  ...[
    " https://orda.kz/\n",
    "system",
    "udp:8.8.8.8",
    "doh:dns.google",
    "2022-01-05T10:30:00.123Z",
    "2022-01-05T10:30:00Z",
  ],
  ...[
    "2022-02-29T00:00:00Z",
    "2022-01-05T10:30Z",
    "2022-01-05T10:30:00+05:00",
    "2022-06-08",
    "2022-13-01",
    "192.0.2.1",
  ],
  ...["192.0.2.256", "2001:db8::1", "::ffff:192.0.2.1", "::g", "::1\n", "b7e23ec2-9af2-4fd1-9a65-7e0d4f0b5a11"],
  ...["b7e23ec2-9af2-9fd1-9a65-7e0d4f0b5a11", "0".repeat(32), "a".repeat(64), "A".repeat(64), "f".repeat(40)],
  ...[
    "A".repeat(43),
    "AAAA",
    "A=",
    "\u{1f600}".repeat(130),
    "x".repeat(253),
    "x".repeat(254),
    "x".repeat(300),
    "__proto__",
  ],
];
const NUMBERS = [
  0,
  1,
  2,
  3,
  9198,
  0.5,
  -1,
  65535,
  65536,
  4294967295,
  1e13,
  1e14,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
const atoms = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, false, ...NUMBERS, ...TEXTS),
  fc.constant([]),
  fc.constant({}),
  fc.array(fc.constantFrom<unknown>(...TEXTS, 1), { maxLength: 3 }),
);

/** Values that a schema accepts, or nearly: one in some is of another kind, lacks a field, or has one more. */
export function valuesFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: likely(schema), weight: 12 }, { arbitrary: atoms, weight: 1 });
}

function likely(schema: z.ZodType): fc.Arbitrary<unknown> {
  // Only read, and only what each kind of schema has.
  const definition = schema._zod.def as unknown as Definition;
  const { type, element, innerType, options = [], items = [], keyType, valueType, values = [] } = definition;
  if (type === "object") return objectFor(definition.shape ?? {});
  if (type === "array" && element !== undefined) return fc.array(rarelyWrong(element), { maxLength: 3 });
  if (type === "tuple") return fc.tuple(...items.map(rarelyWrong));
  if (type === "union") return fc.oneof(...options.map(likely));
  if (type === "record" && keyType !== undefined && valueType !== undefined)
    return fc
      .array(fc.tuple(likely(keyType).map(String), rarelyWrong(valueType)), { maxLength: 3 })
      .map((pairs) => Object.fromEntries(pairs));
  if (innerType !== undefined)
    return fc.oneof({ arbitrary: likely(innerType), weight: 5 }, fc.constantFrom(null, undefined));
  if (type === "enum") return fc.constantFrom(...Object.values(definition.entries ?? {}));
  if (type === "literal") return fc.constantFrom(...values);
  if (type === "boolean") return fc.boolean();
  if (type === "number") return fc.oneof(fc.constantFrom(...NUMBERS), fc.nat(70_000));
  return type === "string" ? textFor(schema) : atoms;
}

/** Mostly a text that it accepts, if one of ours is such. */
function textFor(schema: z.ZodType): fc.Arbitrary<unknown> {
  const right = TEXTS.filter((text) => schema.safeParse(text).success);
  const any = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: "grapheme", maxLength: 70 }));
  return right.length === 0 ? any : fc.oneof({ arbitrary: fc.constantFrom(...right), weight: 6 }, any);
}

function rarelyWrong(schema: z.ZodType): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: likely(schema), weight: 60 }, { arbitrary: atoms, weight: 1 });
}

function objectFor(shape: Readonly<Record<string, z.ZodType>>): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, rarelyWrong(field)]));
  const whole = fc.record(fields);
  const extra = fc
    .tuple(whole, fc.constantFrom("more", "constructor", "kind"))
    .map(([value, name]) => ({ ...value, [name]: "x" }));
  const less = fc.tuple(whole, fc.nat()).map(([value, index]) => {
    const names = Object.keys(value);
    return Object.fromEntries(
      Object.entries(value).filter(([name]) => name !== names[index % Math.max(1, names.length)]),
    );
  });
  return fc.oneof({ arbitrary: whole, weight: 8 }, extra, less);
}
