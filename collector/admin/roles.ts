import { z } from "zod";

/** From the least to the most: each may do what those before it may. */
export const ROLES = ["viewer", "editor", "reviewer", "operator"] as const;
export const AdminRole = z.enum(ROLES);
export type AdminRole = z.infer<typeof AdminRole>;

/** Whether a role includes another. */
export function includesRole(role: AdminRole, needed: AdminRole): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** A name to sign in with: not that of a person, and free of what could be mistaken in a log. */
export const AccountName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, "expected 2 to 32 of a-z, 0-9, dot, dash, underscore");
