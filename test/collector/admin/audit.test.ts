import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntry, createAudit, verifyAudit } from "../../../collector/admin/audit.ts";
import { openDatabase } from "../../../collector/store/database.ts";
import { openStore } from "../../../collector/store/open-store.ts";
import type { Store } from "../../../collector/store/store.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const folder = temporaryFolder();
let store: Store;
beforeAll(async () => {
  store = await openStore(folder.path);
  const audit = createAudit(store.admin.audit, () => Date.parse("2026-11-28T10:00:00Z"));
  await audit.record({ by: null, act: "account added", subject: "aru", detail: "operator" });
  await Promise.all([1, 2, 3].map((n) => audit.record({ by: "aru", act: "event saved", subject: `e${n}` })));
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

describe("the audit log", () => {
  test("chains its entries, and holds as a whole", async () => {
    const rows = await store.admin.audit.after(0, 10);
    const entries = rows.map(auditEntry);
    expect(entries[0]).toMatchObject({ seq: 1, by: null, act: "account added", prev: "0".repeat(64) });
    expect(entries.slice(1).map((entry) => entry?.prev)).toEqual(rows.slice(0, 3).map(({ hash }) => hash));
    expect(await verifyAudit(store.admin.audit)).toEqual({ entries: 4, brokenAt: null, head: rows[3]?.hash });
  });

  test("refuses to be changed or shortened by SQL", async () => {
    const db = await openDatabase(join(folder.path, "collector.db"));
    for (const sql of ["UPDATE audit SET text = '{}' WHERE seq = 2", "DELETE FROM audit WHERE seq = 4"])
      expect(() => db.exec(sql)).toThrow(/append-only/);
    db.close();
  });

  test("names the first entry that was changed by somebody who took the triggers away", async () => {
    const db = await openDatabase(join(folder.path, "collector.db"));
    db.exec("DROP TRIGGER audit_not_changed");
    db.exec("UPDATE audit SET text = replace(text, 'e2', 'e9')");
    db.close();
    expect(await verifyAudit(store.admin.audit)).toMatchObject({ entries: 2, brokenAt: 3 });
  });
});
