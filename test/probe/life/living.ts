// A probe's life as a process that can be killed: folder, boot id file, software. Prints a line when a beat is on the
// disk; on SIGTERM it stops cleanly.
import { createClock } from "../../../probe/clock.ts";
import { makeIdentity } from "../../../probe/identity/identity.ts";
import { Journal } from "../../../probe/journal/journal.ts";
import { startLife } from "../../../probe/life/life.ts";
import { readSign } from "../../../probe/life/sign-file.ts";
import { SILENT } from "../support.ts";

const [folder = "", bootIdPath = "", software = ""] = process.argv.slice(2);
const clock = createClock({ bootIdPath });
const { probe } = makeIdentity(folder);
const journal = new Journal({ folder, probe, clock, log: SILENT, groupMs: 20 });
const life = startLife({ journal, clock, heartbeatS: () => 0.02, software });
process.on("SIGTERM", () => {
  life.stop("stopped");
  journal.close();
  process.exit(0);
});
setInterval(() => process.stdout.write(`${JSON.stringify(readSign(folder))}\n`), 20);
