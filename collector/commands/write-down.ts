import { type AuditAct, createAudit } from "../admin/audit.ts";
import type { Store } from "../store/store.ts";

/** Writes into the record of acts what a command did: on the machine itself nobody has signed in. */
export async function writeDown(
  { admin }: Pick<Store, "admin">,
  act: AuditAct,
  { subject, detail }: { subject?: string | undefined; detail?: string } = {},
): Promise<void> {
  await createAudit(admin.audit).record({ by: null, act, ...(subject && { subject }), ...(detail && { detail }) });
}
