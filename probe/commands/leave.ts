import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { createClock } from "../clock.ts";
import { COMMON_FLAGS, dataFolder, languageOf, readCertificates } from "../config.ts";
import { writeText } from "../data-folder.ts";
import { eraseAll } from "../erase.ts";
import { type Identity, loadIdentity } from "../identity/identity.ts";
import { type Lock, waitForLock } from "../journal/lock.ts";
import { openRecovered } from "../journal/open-recovered.ts";
import { loadMembership, type Membership } from "../membership/membership.ts";
import { silentLog } from "../run/log.ts";
import { Delivery } from "../uplink/deliver.ts";
import { createHeritage } from "../uplink/heritage.ts";
import { sayLeave } from "../uplink/say-leave.ts";
import { openWay, readProxy, type Way } from "../uplink/way.ts";
import { fill, wordsOf } from "../words/words.ts";

const USAGE = "kuager probe leave [--json] [--data DIR] [--lang kk|ru|en]";

const HELP = `Usage: ${USAGE}

Leaves the network: ends a running probe, delivers what waits, then deletes all that was kept here: the key, the settings
and the journal with its records. To keep the records, first: kuager probe export FILE --all
`;

/** Time for a running probe to write its stop, deliver and end. */
const RUNNING_MS = 15_000;
const DELIVER_MS = 5000;

/**
 * `kuager probe leave`: ends a running probe, delivers its last entries with a stop among them, says goodbye to the
 * collector, and deletes key, settings and journal. Works without a collector too. Returns 0. Throws `usage`, `config`
 * when not joined, `try_later` when the running probe does not end, `cannot_write` or `io`.
 */
export async function runLeaveCommand(argv: readonly string[], io: Io): Promise<number> {
  const flags = {
    ...COMMON_FLAGS,
    json: { type: "boolean" },
    ca: { type: "string", multiple: true },
    proxy: { type: "string" },
  } as const;
  const { values } = readArguments(argv, USAGE, flags);
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const folder = dataFolder(values.data, io.env);
  const membership = loadMembership(folder);
  const identity = loadIdentity(folder);
  if (membership === null || identity === null)
    throw new CodedError("config", `This probe has not joined (${folder}). There is nothing to leave.`);
  writeText(folder, "stop", "leave");
  const lock = await waitForLock(folder, RUNNING_MS);
  if (lock === null) throw new CodedError("try_later", "The running probe does not end. Stop it, then leave again.");
  const way = await openWay(readCertificates(values.ca), readProxy(values.proxy ?? membership.proxy ?? undefined));
  const { undelivered, told } = await farewell({ folder, membership, identity, lock, way }, io.signal);
  eraseAll(folder);
  const words = wordsOf(languageOf(values.lang, io.env, membership.consent.language));
  const lines = [
    words.left,
    ...(told ? [] : [words.leftUntold]),
    ...(undelivered > 0 ? [fill(words.leftUndelivered, { count: undelivered })] : []),
  ];
  io.out(values.json ? `${JSON.stringify({ left: true, told, undelivered })}\n` : `${lines.join("\n")}\n`);
  return EXIT.ok;
}

type Leaving = { folder: string; membership: Membership; identity: Identity; lock: Lock; way: Way };

/** Writes the stop if the running probe did not, delivers for five seconds, and tells the collector that it leaves. */
async function farewell(
  { folder, membership, identity: before, lock, way }: Leaving,
  signal: AbortSignal,
): Promise<{ undelivered: number; told: boolean }> {
  const log = silentLog();
  const clock = createClock();
  const { journal, identity } = openRecovered({ folder, clock, log, lock }, before);
  try {
    const last = journal.last();
    if (last !== null && last.kind !== "stop")
      journal.append({ kind: "stop", body: { reason: "left" } }, { urgent: true });
    const delivery = new Delivery({
      collectors: membership.collectors,
      identity,
      journal,
      clock,
      log,
      heartbeatS: () => 30,
      listVersion: () => null,
      onConfig: () => {},
      onTask: () => {},
      beforePost: () => {},
      heritage: createHeritage({ folder, identity, journal, log, way }),
      way,
    });
    await delivery.finish("left", DELIVER_MS, true);
    const told = await sayLeave({ collectors: membership.collectors, identity, clock, way }, signal);
    return { undelivered: journal.waiting(), told };
  } finally {
    journal.close();
  }
}
