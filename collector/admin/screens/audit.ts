import type { FastifyInstance } from "fastify";
import { auditEntry, verifyAudit } from "../audit.ts";
import type { Desk } from "../desk.ts";
import { addScreen } from "../visit.ts";

const PAGE = 100;

/** What was done, latest first, and whether the chain holds. */
export function addAudit(app: FastifyInstance, desk: Desk): void {
  addScreen(app, desk, {
    path: "/audit",
    role: "viewer",
    get: async ({ query, frame }) => {
      const table = desk.reader.store.admin.audit;
      const before = /^\d{1,15}$/.test(query("before")) ? Number(query("before")) : Number.MAX_SAFE_INTEGER;
      const rows = await table.before(before, PAGE);
      const entries = rows.map(auditEntry).filter((entry) => entry !== null);
      const last = rows.at(-1);
      const older = rows.length < PAGE || last === undefined ? null : last.seq;
      return { page: desk.pages.audit({ entries, holds: await verifyAudit(table), older }, frame) };
    },
  });
}
