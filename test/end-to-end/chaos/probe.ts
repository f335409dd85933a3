/**
 * A probe of its own process that does nothing but record and deliver: the real journal, recovery, life and delivery,
 * with a clock that jumps where a file says so. Each committed entry goes into a ledger outside its data folder. Run by
 * chaos.test.ts: probe.ts FOLDER COLLECTOR LEDGER CLOCK [FILE_BYTES].
 */
import { appendFileSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { createClock } from "../../../probe/clock.ts";
import { hasFlag } from "../../../probe/data-folder.ts";
import { makeIdentity } from "../../../probe/identity/identity.ts";
import type { Journal } from "../../../probe/journal/journal.ts";
import { askForRecovery } from "../../../probe/journal/marks.ts";
import { openRecovered } from "../../../probe/journal/open-recovered.ts";
import type { Stamped } from "../../../probe/journal/pending.ts";
import { startLife } from "../../../probe/life/life.ts";
import { Delivery } from "../../../probe/uplink/deliver.ts";
import { createHeritage } from "../../../probe/uplink/heritage.ts";
import { linkBody, webBody } from "../../probe/support.ts";
import { keyOf } from "./key-of.ts";

const [folder = "", collector = "", ledger = "", clockFile = "", fileBytes = ""] = process.argv.slice(2);
const log = pino({ level: "warn", base: null }, { write: (line: string) => void process.stderr.write(line) });
const clock = createClock({ wallMs: () => Date.now() + jumpMs() });
let ended = false;
process.on("SIGTERM", () => {
  ended = true;
});

function jumpMs(): number {
  try {
    return Number(readFileSync(clockFile, "utf8")) || 0;
  } catch {
    return 0;
  }
}

/** Writes what was committed since `seq` into the ledger; survives a kill, as the kernel has it. */
function tell(journal: Journal, seq: number): number {
  const rows = journal.read(seq, 10_000, Number.MAX_SAFE_INTEGER);
  if (rows.length > 0) appendFileSync(ledger, rows.map(({ text }) => `${keyOf(text)}\n`).join(""));
  return rows.at(-1)?.seq ?? seq;
}

async function stretch(carried: readonly Stamped[]): Promise<readonly Stamped[]> {
  const opened = openRecovered(
    { folder, clock, log, carried, groupMs: 50, ...(fileBytes !== "" && { fileBytes: Number(fileBytes) }) },
    makeIdentity(folder),
  );
  const { journal, identity } = opened;
  let told = journal.head().seq;
  journal.onCommit(() => {
    told = tell(journal, told);
  });
  const life = startLife({ journal, clock, heartbeatS: () => 0.3 });
  const delivery = new Delivery({
    collectors: [collector],
    identity,
    journal,
    clock,
    log,
    heartbeatS: () => 1,
    listVersion: () => null,
    onConfig: () => {},
    onTask: () => {},
    beforePost: life.writeAlive,
    backoff: () => Math.random() * 200,
    heritage: createHeritage({ folder, identity, journal, log }),
    onFork: () => askForRecovery(folder, "fork"),
  });
  for (let count = 0; !ended && !hasFlag(folder, "recover"); count++) {
    const urgent = count % 7 === 6;
    if (urgent) journal.append({ kind: "link", body: linkBody() }, { urgent });
    else journal.append({ kind: "web", body: webBody(`site-${count}.org`) });
    await sleep(25);
  }
  if (ended) life.stop("stopped");
  else life.close();
  await delivery.finish("end", ended ? 5000 : 0);
  return journal.close();
}

let carried: readonly Stamped[] = [];
while (!ended) carried = await stretch(carried);
process.exit(0);
