import { sha256Hex } from "../../protocol/hash.ts";
import { openForReading } from "../journal/database.ts";
import { isRunning } from "../journal/lock.ts";
import { prepareRows, type Rows } from "../journal/rows.ts";
import { type Allowance, readAllowance } from "../status/allowance.ts";
import { type Finding, finding } from "./finding.ts";

/** Records looked at; more than the journal's cap holds of the smallest ones. */
const MOST = 1_000_000;

/** Whether a probe works on this folder, and whether the chain of its journal holds from end to end. */
export function checkRecords(folder: string): Finding[] {
  const working = finding(isRunning(folder) ? "running" : "notRunning");
  const database = openForReading(folder);
  if (database === null) return [working, finding("recordsNone"), ...checkAllowance(readAllowance(folder, null))];
  try {
    const rows = prepareRows(database);
    return [working, checkChain(rows), ...checkAllowance(readAllowance(folder, rows))];
  } catch (error) {
    return [working, finding("recordsBroken", {}, String(error).slice(0, 200))];
  } finally {
    database.close();
  }
}

/** What was shed or delivered long ago is gone: the chain is followed from the oldest record kept. */
export function checkChain(rows: Pick<Rows, "after">): Finding {
  let count = 0;
  let before: { seq: number; hash: string } | null = null;
  for (const { seq, hash, text } of rows.after(0, MOST)) {
    if (sha256Hex(text) !== hash) return finding("recordsBroken", {}, `record ${seq} is not what was hashed`);
    if (before !== null && before.seq + 1 === seq && !text.includes(`"prev":"${before.hash}"`))
      return finding("recordsBroken", {}, `record ${seq} does not follow ${before.seq}`);
    before = { seq, hash };
    count += 1;
  }
  return count === 0 ? finding("recordsNone") : finding("recordsOk", { count });
}

/** What may still be used, and the quiet hours. Pure. */
export function checkAllowance({ dayLeftMb: day, monthLeftMb, quiet, quietNow }: Allowance): Finding[] {
  const isUsed = day === 0 || monthLeftMb === 0;
  const data =
    monthLeftMb === null
      ? finding(isUsed ? "dayUsed" : "dayOk", { day })
      : finding(isUsed ? "budgetUsed" : "budgetOk", { day, month: monthLeftMb });
  const quietId = quiet === null ? "quietNone" : quietNow ? "quietNow" : "quietSet";
  return [data, finding(quietId, { quiet: quiet ?? "" })];
}
