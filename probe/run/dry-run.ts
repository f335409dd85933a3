import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "../../protocol/command-line.ts";
import type { ProbeConfig } from "../../protocol/wire.ts";
import { loadMessengers } from "../../targets/messengers.ts";
import { createClock } from "../clock.ts";
import { CONSENT_VERSION } from "../consent/text.ts";
import { eraseAll } from "../erase.ts";
import { makeIdentity } from "../identity/identity.ts";
import { openForReading } from "../journal/database.ts";
import { Journal } from "../journal/journal.ts";
import { prepareRows } from "../journal/rows.ts";
import { startLife } from "../life/life.ts";
import { createWatch } from "../link/watch.ts";
import { createMeasurer, type Measurer } from "../measurer/measurer.ts";
import type { Membership } from "../membership/membership.ts";
import { type Agreed, agreedTargets, shuffled } from "../schedule/plan.ts";
import { silentLog } from "./log.ts";
import { mannerOf } from "./manner.ts";
import { oneRound } from "./one-round.ts";
import { createLook, openLedger, type Parts } from "./parts.ts";
import { type RunSettings, readRunSettings } from "./settings.ts";

export type DryRunOptions = {
  settings: RunSettings;
  membership: Membership;
  config: ProbeConfig;
  env: Io["env"];
};

/** Sites measured: enough to see what a record is. */
const SITES = 3;
const MOST_ROWS = 1000;

/**
 * Works as a round does, with a key of its own in a folder that is erased at the end: one look at the line, a few of
 * the sites agreed to. Returns the entries exactly as they would travel, one a line. Asks no collector and keeps
 * nothing. Throws `cannot_write` or `io`.
 */
export async function dryRun({ settings, membership, config, env }: DryRunOptions, signal: AbortSignal) {
  const folder = mkdtempSync(join(tmpdir(), "kuager-dry-"));
  try {
    const identity = makeIdentity(folder);
    const clock = createClock();
    const log = silentLog();
    const journal = new Journal({ folder, probe: identity.probe, clock, log });
    let measurer: Measurer | null = null;
    try {
      measurer = createMeasurer({ manner: mannerOf(settings), env, mayFollowUp: () => true, log });
      const own = { ...settings, folder };
      const current = { get: () => config, set: () => {}, listVersion: () => null, onChange: () => () => {} };
      const parts: Parts = {
        settings: own,
        membership,
        identity,
        journal,
        clock,
        config: current,
        ledger: openLedger(own, journal, clock),
        measures: measurer,
        messengers: loadMessengers(settings.targetsDir),
        seen: new Map(),
        way: { ca: settings.ca },
        heritage: { settle: async () => ({ ok: true }) },
        look: createLook(own, current),
        log,
      };
      await measureFew(parts, signal);
    } finally {
      await measurer?.close();
      journal.close();
    }
    return entriesOf(folder);
  } finally {
    eraseAll(folder);
  }
}

/** The cadence matters to nothing here but how long one look may take. */
const CADENCE = { heartbeatS: 30, roundS: 900, linkS: 15 };

/** The same before joining, with the usual settings and the list given. */
export async function tryWithout(
  { ca, allowPrivate }: Pick<RunSettings, "ca" | "allowPrivate">,
  agreed: Agreed,
  list: ProbeConfig["list"],
  io: Pick<Io, "env" | "signal">,
): Promise<string> {
  const settings = { ...readRunSettings(["--dry-run"], io.env), ca, allowPrivate };
  const consent = { version: CONSENT_VERSION, language: settings.language, at: new Date(0).toISOString() };
  const nobody = { probe: "", role: "witness", region: null, asn: null, access: null, collectors: [] } as const;
  const membership: Membership = {
    ...nobody,
    collectors: [],
    consent,
    agreed: { ...agreed, without: [...agreed.without] },
  };
  return dryRun({ settings, membership, env: io.env, config: { ...CADENCE, list } }, io.signal);
}

async function measureFew(parts: Parts, signal: AbortSignal): Promise<void> {
  const { journal, clock, config, log, membership } = parts;
  const life = startLife({ journal, clock, heartbeatS: () => config.get().heartbeatS });
  const look = parts.look({ clock, routes: () => [], isDirect: false });
  await createWatch({ journal, clock, log, linkS: () => config.get().linkS, look }).once(signal);
  const sites = agreedTargets(config.get().list.targets, membership.agreed).filter(({ kind }) => kind === "web");
  const ids = shuffled(sites, Math.random)
    .slice(0, SITES)
    .map(({ id }) => id);
  await oneRound(parts, { ids, offline: false, jitter: false }, signal);
  life.stop("stopped");
}

function entriesOf(folder: string): string {
  const database = openForReading(folder);
  if (database === null) return "";
  try {
    return [...prepareRows(database).after(0, MOST_ROWS)].map(({ text }) => `${text}\n`).join("");
  } finally {
    database.close();
  }
}
