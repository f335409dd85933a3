import { canonicalJson } from "../../protocol/canonical-json.ts";
import type { ChainHead } from "../../protocol/chain.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { check } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { Stamped } from "./pending.ts";
import type { Row } from "./rows.ts";

/** Rows that continue the chain from `head`, and what was refused: a record outside the schema would stop delivery for good. */
export type Chained = { rows: Row[]; refused: { kind: string; problems: string[] }[] };

/** Gives each waiting entry its place in the chain: `seq`, `prev`, canonical text and hash. Pure. */
export function chainEntries(probe: string, head: ChainHead, entries: readonly Stamped[]): Chained {
  const chained: Chained = { rows: [], refused: [] };
  let { seq, hash } = head;
  for (const { draft, stamp, value } of entries) {
    const entry = { v: 1, probe, seq: seq + 1, prev: hash, ...stamp, kind: draft.kind, body: draft.body };
    const checked = check(Entry, entry);
    const text = checked.ok ? canonicalJson(checked.value) : "";
    const bytes = Buffer.byteLength(text);
    if (!checked.ok || bytes > LIMITS.entryBytes) {
      const problems = checked.ok ? [`longer than ${LIMITS.entryBytes} bytes`] : checked.problems;
      chained.refused.push({ kind: draft.kind, problems });
      continue;
    }
    seq += 1;
    hash = sha256Hex(text);
    chained.rows.push({ seq, kind: draft.kind, value, at: stamp.at, hash, bytes, text });
  }
  return chained;
}
