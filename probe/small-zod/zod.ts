/**
 * What the waiting process has in zod's place: the part of it that the schemas of this project use, under the same names
 * (bin/bundle-plugins.mjs puts it there). The schemas themselves are written once, for zod.
 */
export {
  array,
  discriminatedUnion,
  object,
  record,
  record as partialRecord,
  strictObject,
  tuple,
  union,
} from "./shapes.ts";
export {
  base64url,
  boolean,
  enumOf as enum,
  int,
  ipv4,
  ipv6,
  iso,
  literal,
  number,
  string,
  unknown,
  url,
  uuid,
} from "./values.ts";
