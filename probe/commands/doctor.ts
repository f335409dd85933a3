import { type Io, readArguments } from "../../protocol/command-line.ts";
import { within } from "../../protocol/deadline.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { loadTargetList } from "../../targets/load.ts";
import { createClock } from "../clock.ts";
import { COMMON_FLAGS, dataFolder, languageOf, readCertificates } from "../config.ts";
import { checkCollectors } from "../doctor/collectors.ts";
import type { Finding } from "../doctor/finding.ts";
import { checkDriver, checkFolder, checkMembership, checkNode } from "../doctor/host.ts";
import { checkLine } from "../doctor/line.ts";
import { checkPower } from "../doctor/power.ts";
import { doctorText } from "../doctor/text.ts";
import { loadConfig, type Membership } from "../membership/membership.ts";
import { openWay, readProxy } from "../uplink/way.ts";
import { DOCTOR_WORDS } from "../words/doctor/words.ts";

const USAGE = "kuager probe doctor [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

Looks at everything the probe needs, and says what is fine, what is worth a look, and what is in the way: this
computer, the folder, the key, the records, the line, the clock, each address of the collector. Sends nothing of yours.
Exit code 0, or 1 when something fails.

  --json            the findings as JSON
  --proxy URL       reach the collector by this proxy (else as at joining)
  --ca FILE         trust the PEM certificates in FILE as well (may be repeated)
  --allow-private   for laboratories: connect to private addresses that DNS gives
`;

const FLAGS = {
  ...COMMON_FLAGS,
  json: { type: "boolean" },
  proxy: { type: "string" },
  ca: { type: "string", multiple: true },
  "allow-private": { type: "boolean" },
} as const;

/** The whole of it ends within this time, whatever the line does. */
const MOST_MS = 60_000;

/** `kuager probe doctor`. Returns 0, or 1 when something fails. Throws `usage`, `bad_input`. */
export async function runDoctorCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, FLAGS);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const ca = readCertificates(values.ca);
  const asked = readProxy(values.proxy ?? io.env.KUAGER_PROXY);
  const driver = await checkDriver();
  const { found, membership } = checkMembership(folder);
  const here = [checkNode(), driver, ...checkFolder(folder), checkPower(), ...found];
  const kept = driver.level === "ok" ? await checkKept(folder, membership) : [];
  const way = await openWay(ca, asked ?? readProxy(membership?.proxy));
  const signal = within(MOST_MS, io.signal);
  const { list } = loadConfig(folder, loadTargetList);
  const allowPrivate = values["allow-private"] ?? false;
  const line = await checkLine({ list, clock: createClock(), ca, allowPrivate, env: io.env }, signal);
  const collectors = membership === null ? [] : await checkCollectors(membership, way, line.isUp, signal);
  const findings = [...here, ...kept, ...line.found, ...collectors];
  const language = languageOf(values.lang, io.env, membership?.consent.language);
  const ok = findings.every(({ level }) => level !== "fail");
  io.out(values.json ? `${JSON.stringify({ ok, findings })}\n` : doctorText(findings, DOCTOR_WORDS[language]));
  return ok ? EXIT.ok : EXIT.failed;
}

/** What is read from the journal; loaded only once the driver is known to load. */
async function checkKept(folder: string, membership: Membership | null): Promise<Finding[]> {
  const { checkRecords } = await import("../doctor/records.ts");
  return membership === null ? [] : checkRecords(folder);
}
