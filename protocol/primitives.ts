import { z } from "zod";
import { LIMITS } from "./limits.ts";

/** Bounded free text. */
export const Text = z.string().max(LIMITS.text);
/** One text in the three languages of the pages. */
export const Names = z.object({ kk: Text, ru: Text, en: Text });
export type Names = z.infer<typeof Names>;
/** SHA-256 or other 32-byte value as 64 lower-case hex digits. */
export const Hex32 = z.string().regex(/^[0-9a-f]{64}$/, "expected 64 lower-case hex digits");
/** RFC 3339 UTC time with a Z, milliseconds optional. */
export const Utc = z.iso.datetime({ offset: false, message: "expected a UTC time such as 2022-01-05T10:30:00.000Z" });
export const Ip = z.union([z.ipv4(), z.ipv6()]);
export const Port = z.int().min(0).max(65535);
/** Milliseconds, monotonic or a duration. */
export const Ms = z.number().min(0).max(1e13);
export const Url = z.string().max(LIMITS.url);
export const HostName = z.string().min(1).max(LIMITS.name);
/** ISO 3166-2:KZ region code such as KZ-75. */
export const RegionCode = z.string().regex(/^KZ-(?:\d{2}|[A-Z]{3})$/, "expected an ISO 3166-2:KZ code such as KZ-75");
/** Region of Kazakhstan, or the ISO 3166-1 country of a probe abroad. */
export const Place = z.string().regex(/^(?:KZ-(?:\d{2}|[A-Z]{3})|[A-Z]{2})$/, "expected KZ-75, KZ or a country code");
/** Autonomous system number. */
export const Asn = z.int().min(0).max(4294967295);
export const ProbeId = z.string().regex(/^[0-9a-f]{32}$/, "expected 32 lower-case hex digits");
/** What the measurements of one round share: a UUID, of any version, or another short name that its writer made. */
export const RoundId = z.string().regex(/^[0-9A-Za-z-]{1,64}$/, "expected an id such as a UUID");
export const Access = z.enum(["fixed", "mobile"]);
export type Access = z.infer<typeof Access>;
/** What a probe is for: a witness inside, or a control whose network is not censored (or hosts .kz controls). */
export const Role = z.enum(["witness", "control"]);
export type Role = z.infer<typeof Role>;

/** Limits how many members a record may have. */
export function atMost<S extends z.ZodRecord>(members: number, record: S): S {
  return record
    .refine((value) => Object.keys(value).length <= members, `expected at most ${members} members`)
    .meta({ maxProperties: members });
}
