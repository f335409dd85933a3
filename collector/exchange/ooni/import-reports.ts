import { canonicalJson } from "../../../protocol/canonical-json.ts";
import type { ChainHead } from "../../../protocol/chain.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { check } from "../../../protocol/parse.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import type { WebBody } from "../../../protocol/records/web.ts";
import { toRow } from "../../ingest/accept.ts";
import type { ArchivedRow, Store } from "../../store/store.ts";
import { utc } from "../../time.ts";
import { markImport } from "../import-mark.ts";
import { createReport, type ImportReport } from "../import-report.ts";
import type { SourceLine } from "../read-lines.ts";
import { type OoniMeasurement, readReport } from "./read-report.ts";

/** Measurements of other countries would be taken for this one's. */
const COUNTRY = "KZ";

type Parts = { lines: AsyncIterable<SourceLine>; store: Store; now: () => number };

/**
 * Stores OONI reports, one a line, each measurement once. All of one network come from one stand-in probe, which has
 * left: nobody counts it as a witness that watches now. Test helpers are one stand-in control. Nothing of them is
 * signed. Lines that are no web_connectivity report, or of another country, are told and left
 * out. Errors: what the store throws.
 */
export async function importReports({ lines, store, now }: Parts): Promise<ImportReport> {
  const reporter = createReport();
  const { report, refuse, count, newSince } = reporter;
  const at = now();
  const seen = new Set<string>();
  const standIn = async (id: string, who: Who) => {
    if (seen.has(id)) return;
    seen.add(id);
    const times = { from: utc(at), to: utc(at + 1) };
    count("probes", (await store.probes.addKnown({ id, ...who, access: null, ...times }, null)) ? 1 : 0, 1);
  };
  // Before the first record too: an import that is killed half-way must not leave records that nobody judges.
  await markImport(store, at);
  try {
    for await (const line of lines) {
      report.lines += 1;
      const read = "problem" in line ? { ok: false as const, problems: [line.problem] } : readReport(line.text);
      if (!read.ok) {
        refuse(line.number, read.problems.join("; "));
        continue;
      }
      if (read.value.country !== COUNTRY) {
        refuse(line.number, `measured in ${read.value.country ?? "an unknown country"}; ${COUNTRY} is watched here`);
        continue;
      }
      const taken = await storeOne(store, read.value, { at, standIn });
      if (taken === null) refuse(line.number, "too large for one record");
      else count("entries", taken.added, taken.of);
      if (taken !== null && taken.added > 0) newSince(at);
    }
  } finally {
    if (report.from !== null) await markImport(store, report.from);
  }
  return report;
}

type Who = { role: "witness" | "control"; asn: number | null; region: string | null };
type Context = { at: number; standIn: (id: string, who: Who) => Promise<void> };

/** The control first, so that it has spoken when the measurement is judged. */
async function storeOne(store: Store, measurement: OoniMeasurement, { at, standIn }: Context) {
  const { body, control, asn, key } = measurement;
  const witness = idOf(`${COUNTRY} AS${asn ?? 0}`);
  const helper = idOf("test helper");
  await standIn(witness, { role: "witness", asn, region: null });
  const parts = [{ probe: witness, body, key }];
  if (control !== null) {
    await standIn(helper, { role: "control", asn: null, region: null });
    parts.unshift({ probe: helper, body: control, key: `${key} helper` });
  }
  if (parts.some((part) => makeRow(part, { seq: 0, hash: "0".repeat(64) }, measurement.at, at) === null)) return null;
  let added = 0;
  for (const part of parts) {
    const rows = (head: ChainHead) => [makeRow(part, head, measurement.at, at)].filter((row) => row !== null);
    if (await store.entries.appendOnce(part.probe, part.key, rows)) added += 1;
  }
  return { added, of: parts.length };
}

/** The entry that a stand-in writes; null when it does not fit a record. */
function makeRow(
  { probe, body, key }: { probe: string; body: WebBody; key: string },
  { seq, hash }: ChainHead,
  measuredAt: number,
  received: number,
): ArchivedRow | null {
  const entry = check(Entry, {
    ...{ v: 1, probe, seq: seq + 1, prev: hash, boot: `ooni:${key.slice(0, 36)}`, mono: 0, at: utc(measuredAt) },
    clock: { offsetMs: 0, source: "collector" },
    ...{ kind: "web", body },
  });
  if (!entry.ok) return null;
  const text = canonicalJson(entry.value);
  if (Buffer.byteLength(text) > LIMITS.entryBytes) return null;
  return { ...toRow(entry.value, text, sha256Hex(text)), received };
}

function idOf(name: string): string {
  return sha256Hex(`ooni ${name}`).slice(0, 32);
}
