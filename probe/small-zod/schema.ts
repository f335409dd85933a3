/** What is wrong with a value, and where in it. */
export type Problem = { readonly path: (string | number)[]; readonly message: string };

/** Gives the value as it is read (unknown fields left out, defaults filled in), or says what is wrong with it. */
export type Read = (value: unknown, say: (message: string, path?: (string | number)[]) => void) => unknown;

/** What those who hold a schema want to know of it. */
export type Known = {
  readonly shape?: Readonly<Record<string, Schema>>;
  /** All values there are, of an enum or a literal. */
  readonly values?: readonly unknown[];
  readonly isStrict?: boolean;
  /** Whether it may be absent, and what stands in its place then. */
  readonly isOptional?: boolean;
  readonly fallback?: unknown;
};

type Parsed = { success: true; data: unknown } | { success: false; error: { issues: Problem[] } };
type Complaint = string | { path?: (string | number)[]; error: string };
const isText = (value: unknown): value is string => typeof value === "string";

/** A schema as zod's callers see it, as far as the waiting process uses one. */
export class Schema {
  readonly read: Read;
  readonly known: Known;

  constructor(read: Read, known: Known = {}) {
    this.read = read;
    this.known = known;
  }

  get shape(): Readonly<Record<string, Schema>> {
    return this.known.shape ?? {};
  }

  safeParse(value: unknown): Parsed {
    const issues: Problem[] = [];
    const data = this.read(value, (message, path = []) => void issues.push({ path, message }));
    return issues.length === 0 ? { success: true, data } : { success: false, error: { issues } };
  }

  optional(): Schema {
    return new Schema((value, say) => (value === undefined ? value : this.read(value, say)), {
      ...this.known,
      isOptional: true,
    });
  }

  nullable(): Schema {
    return new Schema((value, say) => (value === null ? value : this.read(value, say)), this.known);
  }

  default(fallback: unknown): Schema {
    const read: Read = (value, say) => (value === undefined ? fallback : this.read(value, say));
    return new Schema(read, { isOptional: true, fallback });
  }

  /** Notes for readers of a schema, and what only types know, do not matter to values. */
  meta(): this {
    return this;
  }

  readonly(): this {
    return this;
  }

  refine(holds: (value: never) => boolean, complaint: Complaint): Schema {
    const { path, error } = isText(complaint) ? { path: [], error: complaint } : complaint;
    return this.and((value, say) => {
      // The schema before it has accepted the value.
      if (!holds(value as never)) say(error, path);
    });
  }

  regex(pattern: RegExp, message = `expected ${pattern}`): Schema {
    return this.and((value, say) => {
      if (!pattern.test(String(value))) say(message);
    });
  }

  positive(): Schema {
    return this.and((value, say) => {
      if (!(Number(value) > 0)) say("expected more than 0");
    });
  }

  /** Of a number its size; of a text and an array its length. */
  min(least: number, message = `expected at least ${least}`): Schema {
    return this.and((value, say) => {
      if (!reaches(value, least)) say(message);
    });
  }

  max(most: number, message = `expected at most ${most}`): Schema {
    return this.and((value, say) => {
      if (exceeds(value, most)) say(message);
    });
  }

  length(exactly: number): Schema {
    return this.min(exactly).max(exactly);
  }

  /** The schema with a further check of values that it accepts. */
  private and(check: (value: unknown, say: Parameters<Read>[1]) => void): Schema {
    const read: Read = (value, say) => {
      let isWell = true;
      const found = this.read(value, (message, path) => {
        isWell = false;
        say(message, path);
      });
      if (isWell) check(found, say);
      return found;
    };
    return new Schema(read, this.known);
  }
}

/** Letters beyond the basic plane count once, as zod counts them; what is far too long is not counted. */
function lettersOf(value: string, enough: number): number {
  return value.length > enough * 2 ? value.length : [...value].length;
}

function reaches(value: unknown, least: number): boolean {
  if (isText(value)) return lettersOf(value, least) >= least;
  return Array.isArray(value) ? value.length >= least : Number(value) >= least;
}

function exceeds(value: unknown, most: number): boolean {
  if (isText(value)) return value.length > most && lettersOf(value, most) > most;
  return Array.isArray(value) ? value.length > most : Number(value) > most;
}
