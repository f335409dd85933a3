/** A process of its own that writes a journal as fast as it can and says on stdout what is committed. Run by kill.test.ts. */
import { linkBody, openJournal, webBody } from "../support.ts";

const folder = process.argv[2] ?? "";
const { journal } = openJournal(folder, { groupMs: 5 });
for (let round = 0; ; round++) {
  for (let index = 0; index < 5; index++) journal.append({ kind: "web", body: webBody("a.org", 2000) });
  journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  process.stdout.write(`${journal.head().seq}\n`);
  // Lets the pipe take the line before the next is made.
  if (round % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
}
