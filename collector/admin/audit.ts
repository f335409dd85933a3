import { z } from "zod";
import { canonicalJson } from "../../protocol/canonical-json.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Hex32, Text, Utc } from "../../protocol/primitives.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { AuditRow, AuditTable } from "../store/admin-tables.ts";
import { utc } from "../time.ts";

/** Everything that is written down. Acts of reading are not: a log of who looked at what would be one more risk. */
export const AUDIT_ACTS = [
  ...["sign-in", "sign-in refused", "sign-out", "account added", "account changed", "account disabled"],
  ...["account unlocked", "password changed", "passkey added", "passkey removed", "probe invited", "probe revoked"],
  ...[
    "event saved",
    "events imported",
    "event removed",
    "report saved",
    "report withdrawn",
    "incident reviewed",
    "legal basis recorded",
  ],
  ...["statement recorded", "alert added", "alert removed", "alert tried", "threshold set", "outside imported"],
  ...["outside removed", "backup made", "registry asked"],
] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

/** Who acts where nobody signed in: at the door of the administration. No account can have such a name. */
export const NOBODY = "(nobody)";

/** One entry of the audit log. */
const AuditEntry = z.object({
  seq: z.int().min(1),
  at: Utc,
  /** Name of the account; `NOBODY`; null: by a command on the machine itself. */
  by: z.string().max(64).nullable(),
  act: z.string().max(64),
  /** What it was done to: an id, a number, a name. */
  subject: Text,
  /** Further words; never a key, a code or a password. */
  detail: Text,
  prev: Hex32,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export type Audit = {
  record: (entry: { by: string | null; act: AuditAct; subject?: string; detail?: string }) => Promise<void>;
};

const FIRST = "0".repeat(64);
const TEXT_MAX = 2000;
const PAGE = 1000;

/** Writes the audit log: each entry names the hash of the one before, so that a change or a gap shows. */
export function createAudit(table: AuditTable, now: () => EpochMs = Date.now): Audit {
  return {
    record: ({ by, act, subject = "", detail = "" }) =>
      table.append((before) => {
        const seq = (before?.seq ?? 0) + 1;
        const texts = { subject: subject.slice(0, TEXT_MAX), detail: detail.slice(0, TEXT_MAX) };
        const entry: AuditEntry = { seq, at: utc(now()), by, act, ...texts, prev: before?.hash ?? FIRST };
        const text = canonicalJson(entry);
        return { seq, text, hash: sha256Hex(text) };
      }),
  };
}

/** Whether an act is one of those that are written down now. */
export function isAuditAct(act: string): act is AuditAct {
  return AUDIT_ACTS.some((known) => known === act);
}

/** Who did it. Earlier versions wrote a refused sign-in, which no command can make, as one of a command. */
export function actorOf({ by, act }: Pick<AuditEntry, "by" | "act">): "command" | "nobody" | { name: string } {
  if (by === NOBODY || (by === null && act === "sign-in refused")) return "nobody";
  return by === null ? "command" : { name: by };
}

/** The entry of a stored row; null where it cannot be read. */
export function auditEntry({ text }: AuditRow): AuditEntry | null {
  const parsed = parseJson(AuditEntry, text);
  return parsed.ok ? parsed.value : null;
}

/** Follows the whole log: how many entries hold, and the number of the first that does not (null: all do). */
export async function verifyAudit(
  table: AuditTable,
): Promise<{ entries: number; brokenAt: number | null; head: string }> {
  let [seq, head] = [0, FIRST];
  for (;;) {
    const rows = await table.after(seq, PAGE);
    for (const row of rows) {
      const entry = auditEntry(row);
      const holds = entry !== null && entry.seq === seq + 1 && row.seq === entry.seq && entry.prev === head;
      if (!holds || sha256Hex(row.text) !== row.hash) return { entries: seq, brokenAt: seq + 1, head };
      [seq, head] = [row.seq, row.hash];
    }
    if (rows.length < PAGE) return { entries: seq, brokenAt: null, head };
  }
}
