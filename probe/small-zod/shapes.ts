import { type Known, type Read, Schema } from "./schema.ts";

type Shape = Readonly<Record<string, Schema>>;
type Fields = Readonly<Record<string, unknown>>;
type Say = Parameters<Read>[1];

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const within =
  (say: Say, key: string | number): Say =>
  (message, path = []) =>
    say(message, [key, ...path]);

/** An object whose fields can be taken over and added to, as zod's. */
export class ObjectSchema extends Schema {
  constructor(shape: Shape, known: Known = {}) {
    super((value, say) => readObject(shape, known.isStrict === true, value, say), { ...known, shape });
  }

  extend(more: Shape): ObjectSchema {
    return new ObjectSchema({ ...this.shape, ...more }, this.known);
  }

  /** The same with every field allowed to be absent. */
  partial(): ObjectSchema {
    const fields = Object.entries(this.shape).map(([name, field]) => [name, field.optional()]);
    return new ObjectSchema(Object.fromEntries(fields), this.known);
  }
}

/** An object; fields that it does not name are left out. */
export function object(shape: Shape): ObjectSchema {
  return new ObjectSchema(shape);
}

/** An object without any field that it does not name. */
export function strictObject(shape: Shape): ObjectSchema {
  return new ObjectSchema(shape, { isStrict: true });
}

/** An array of values of one kind. */
export function array(item: Schema): Schema {
  return new Schema((value, say) => {
    if (Array.isArray(value)) return value.map((one, index) => item.read(one, within(say, index)));
    say("expected an array");
    return value;
  });
}

/** An array with a value of each of these kinds. */
export function tuple(items: readonly Schema[]): Schema {
  return new Schema((value, say) => {
    if (Array.isArray(value) && value.length === items.length)
      return items.map((item, index) => item.read(value[index], within(say, index)));
    say(`expected an array of ${items.length}`);
    return value;
  });
}

/** The first of these kinds that accepts a value. */
export function union(options: readonly Schema[]): Schema {
  return new Schema((value, say) => {
    for (const option of options) {
      const found = option.safeParse(value);
      if (found.success) return found.data;
    }
    say("expected one of several kinds, and is none");
    return value;
  });
}

/** The kind of object that one of its fields names. */
export function discriminatedUnion(field: string, options: readonly Schema[]): Schema {
  const byName = new Map(options.flatMap((one) => (one.shape[field]?.known.values ?? []).map((name) => [name, one])));
  return new Schema((value, say) => {
    if (!isFields(value)) say("expected an object");
    else {
      const option = byName.get(value[field]);
      if (option !== undefined) return option.read(value, say);
      say(`expected ${[...byName.keys()].join(" or ")}`, [field]);
    }
    return value;
  });
}

/** An object with any keys of one kind and values of another. */
export function record(key: Schema, item: Schema): Schema {
  return new Schema((value, say) => {
    if (!isFields(value)) {
      say("expected an object");
      return value;
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => name !== "__proto__")
        .map(([name, one]) => {
          key.read(name, within(say, name));
          return [name, item.read(one, within(say, name))];
        }),
    );
  });
}

function readObject(shape: Shape, isStrict: boolean, value: unknown, say: Say): unknown {
  if (!isFields(value)) {
    say("expected an object");
    return value;
  }
  const found: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(shape)) {
    const { isOptional, fallback } = field.known;
    if (Object.hasOwn(value, name)) found[name] = field.read(value[name], within(say, name));
    else if (isOptional !== true) say("is missing", [name]);
    else if (fallback !== undefined) found[name] = fallback;
  }
  const unknown = isStrict ? Object.keys(value).filter((name) => !Object.hasOwn(shape, name)) : [];
  if (unknown.length > 0) say(`has fields that are not known: ${unknown.slice(0, 8).join(", ").slice(0, 200)}`);
  return found;
}
