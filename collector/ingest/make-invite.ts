import { z } from "zod";
import { Access, Asn, Place, Role } from "../../protocol/primitives.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import { hashCode, newCode } from "./invite-code.ts";
import { inviteSalt } from "./invite-salt.ts";

/** What an invitation says of the probe that will use it; nothing about the volunteer. */
export const InviteWish = z.object({
  region: Place.nullable(),
  role: Role,
  asn: z.coerce.number().pipe(Asn).nullable(),
  access: Access.nullable(),
  "expires-hours": z.coerce.number().gt(0).max(8760),
  own: z.boolean(),
});
export type InviteWish = z.infer<typeof InviteWish>;

export type MadeInvite = {
  readonly code: string;
  readonly expiresAt: string;
  /** The code with the collector's address, as a volunteer's program takes it; null where the address is not told. */
  readonly invitation: string | null;
};

const HOUR_MS = 3_600_000;

/** Makes a code with which one probe can join, once. Only its hash is stored. */
export async function makeInvite(
  store: Pick<Store, "invites" | "state">,
  { "expires-hours": hours, ...wish }: InviteWish,
  { at, collector }: { at: EpochMs; collector: string | null },
): Promise<MadeInvite> {
  const code = newCode();
  const expires = at + Math.round(hours * HOUR_MS);
  const hash = hashCode(await inviteSalt(store), code);
  await store.invites.add({ hash, ...wish, created: at, expires, used: null, probe: null });
  return { code, expiresAt: utc(expires), invitation: collector === null ? null : `${code}@${collector}` };
}

/**
 * What is wrong with the place of an invitation; null when nothing is. A witness stands in a region of the country, and
 * a region must be one that there is.
 */
export function placeProblem(
  { region, role }: Pick<InviteWish, "region" | "role">,
  codes: readonly string[],
): string | null {
  if (region === null) return null;
  const inside = region.startsWith("KZ-");
  if (inside && !codes.includes(region)) return `there is no region ${region}. Regions are ${codes.join(" ")}`;
  if (!inside && role === "witness")
    return `${region} is no region of Kazakhstan; a probe abroad is invited with --role control`;
  return null;
}
