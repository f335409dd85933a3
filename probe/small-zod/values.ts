import { regexes } from "zod/v4/core";
import { Schema } from "./schema.ts";

type UrlRules = { protocol?: RegExp; error?: string };

/** Any text. */
export function string(): Schema {
  return of("a text", (value) => typeof value === "string");
}

/** A finite number. */
export function number(): Schema {
  return of("a number", Number.isFinite);
}

/** A whole number that a double holds exactly. */
export function int(): Schema {
  return of("a whole number", Number.isSafeInteger);
}

/** True or false. */
export function boolean(): Schema {
  return of("true or false", (value) => typeof value === "boolean");
}

/** Anything there is. */
export function unknown(): Schema {
  return new Schema((value) => value);
}

/** One value. */
export function literal(only: unknown): Schema {
  return oneOf([only]);
}

/** One of some texts. */
export function enumOf(values: readonly string[]): Schema {
  return oneOf(values);
}

/** A UUID. */
export function uuid(): Schema {
  return string().regex(regexes.uuid(), "expected a UUID");
}

/** Base64 in the letters of URLs. */
export function base64url(): Schema {
  return string().regex(regexes.base64url, "expected base64url");
}

/** An IPv4 address. */
export function ipv4(): Schema {
  return string().regex(regexes.ipv4, "expected an IPv4 address");
}

/** An IPv6 address. */
export function ipv6(): Schema {
  const isOne = (value: string) => /^[0-9a-fA-F:.]+$/.test(value) && URL.canParse(`http://[${value}]`);
  return string().refine(isOne, "expected an IPv6 address");
}

/** An address of the web; blanks around it are left out. */
export function url({ protocol = /^/, error = "expected a URL" }: UrlRules = {}): Schema {
  const isOne = (value: string) => isUrl(value.trim(), protocol);
  const text = string().refine(isOne, error);
  return new Schema((value, say) => {
    const found = text.read(value, say);
    return typeof found === "string" ? found.trim().replace(/[\t\n\r]/g, "") : found;
  });
}

/** Moments and days (RFC 3339). */
export const iso = {
  datetime: ({ message = "expected a UTC time" }: { message?: string } = {}): Schema =>
    string().regex(regexes.datetime({}), message),
  date: (message = "expected a date"): Schema => string().regex(regexes.date, message),
};

/** As zod has it: what may be of the web only is written with its two slashes. */
function isUrl(text: string, protocol: RegExp): boolean {
  if (protocol.source === regexes.httpProtocol.source && !/^https?:\/\//i.test(text)) return false;
  return URL.canParse(text) && protocol.test(new URL(text).protocol.slice(0, -1));
}

function of(name: string, holds: (value: unknown) => boolean): Schema {
  return new Schema((value, say) => {
    if (!holds(value)) say(`expected ${name}`);
    return value;
  });
}

function oneOf(values: readonly unknown[]): Schema {
  const read = (value: unknown, say: (message: string) => void) => {
    if (!values.includes(value)) say(`expected ${values.map((one) => JSON.stringify(one)).join(" or ")}`);
    return value;
  };
  return new Schema(read, { values });
}
