import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { createClock } from "../../probe/clock.ts";
import { pathOf } from "../../probe/data-folder.ts";
import { makeIdentity } from "../../probe/identity/identity.ts";
import { Journal } from "../../probe/journal/journal.ts";
import { openSignFile, type Sign } from "../../probe/life/sign-file.ts";
import type { LinkBody } from "../../protocol/records/link.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { SOFTWARE } from "../../protocol/software.ts";
import type { Card } from "./card.ts";

/** Bytes that reach a card for one of each, checkpoints of the journal and the file system's own journal included. */
export type CardWrites = { heartbeat: number; alive: number; link: number; round: number };

/** So many of each that the journal is checkpointed meanwhile (a thousand pages). */
const TIMES = { heartbeat: 600, alive: 600, link: 600, round: 60 };
/** From here on the WAL is written over in place: what a probe that has run for some hours does. */
const WAL_BYTES = 4_000_000;

/**
 * Writes what a probe writes, by its own journal, again and again. `link` and `sites` are records of a real line; the
 * sites of a round are committed in two groups, as a round lasts one to two minutes.
 */
export function writeAll(card: Card, link: LinkBody, sites: readonly WebBody[]): CardWrites {
  const folder = join(card.folder, "again");
  mkdirSync(folder);
  const clock = createClock();
  const { probe } = makeIdentity(folder);
  const journal = new Journal({ folder, probe, clock, log: pino({ level: "silent" }) });
  const at = () => new Date().toISOString();
  const round = () => {
    const half = Math.ceil(sites.length / 2);
    for (const group of [sites.slice(0, half), sites.slice(half)]) {
      for (const body of group) journal.append({ kind: "web", body });
      journal.flush();
    }
  };
  while (statSync(pathOf(folder, "journalWal")).size < WAL_BYTES) round();
  const signs = openSignFile(folder);
  const sign = (): Sign => {
    const now = { boot: clock.boot, mono: clock.monoMs(), at: at() };
    return { ...now, offsetMs: 0, software: SOFTWARE, power: "mains" };
  };
  const one = {
    heartbeat: () => signs.write(sign()),
    alive: () => {
      journal.append({ kind: "alive", body: { from: at(), to: at(), beats: 10 } });
      journal.flush();
    },
    link: () => journal.append({ kind: "link", body: link }, { urgent: true }),
    round,
  };
  const counted = (what: keyof typeof one) => {
    const before = card.writtenBytes();
    for (let count = 0; count < TIMES[what]; count++) one[what]();
    return (card.writtenBytes() - before) / TIMES[what];
  };
  const writes = {
    heartbeat: counted("heartbeat"),
    alive: counted("alive"),
    link: counted("link"),
    round: counted("round"),
  };
  signs.close();
  journal.close();
  return writes;
}
