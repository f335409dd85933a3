import { afterAll, expect, it } from "vitest";
import type { Journal } from "../../../probe/journal/journal.ts";
import { readStatus } from "../../../probe/status/read.ts";
import { CHAIN_START, followChain } from "../../../protocol/chain.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import { folders, linkBody, openJournal, webBody } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);

const ALIVE = { from: "2022-01-05T10:00:00.000Z", to: "2022-01-05T10:05:00.000Z", beats: 10 };

function entriesOf(journal: Journal): Entry[] {
  return journal.read(0, 1e6, 1e12).map(({ text }) => Entry.parse(JSON.parse(text)));
}

function toldIn(entries: readonly Entry[]) {
  return entries.flatMap((entry) => (entry.kind === "alive" || entry.kind === "start" ? (entry.body.shed ?? []) : []));
}

it("what does not fit is counted by kind and time in the next alive, once, and the chain stays whole", () => {
  const folder = temporary.make();
  const { journal } = openJournal(folder, { capBytes: 20_000 });
  const written = { web: 0 };
  for (let round = 0; round < 30; round++) {
    for (let index = 0; index < 3; index++) journal.append({ kind: "web", body: webBody(`site-${index}.org`, 1000) });
    written.web += 3;
    journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  }
  journal.append({ kind: "alive", body: ALIVE }, { urgent: true });
  journal.append({ kind: "alive", body: ALIVE }, { urgent: true });
  const entries = entriesOf(journal);
  const kept = entries.filter(({ kind }) => kind === "web").length;
  const told = toldIn(entries);
  expect(told).toEqual([{ kind: "web", count: written.web - kept, from: expect.any(String), to: expect.any(String) }]);
  expect(kept).toBeGreaterThan(0);
  expect(entries.filter(({ kind }) => kind === "link")).toHaveLength(30);
  expect(followChain(CHAIN_START, entries).fault).toBeNull();
  journal.close();
  expect(readStatus(folder).shed).toBe(written.web - kept);
});

it("what was given up before a kill is told by the start after it", () => {
  const folder = temporary.make();
  const first = openJournal(folder, { capBytes: 9_000 });
  for (let round = 0; round < 20; round++) {
    first.journal.append({ kind: "web", body: webBody("site.org", 1000) });
    first.journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  }
  const kept = entriesOf(first.journal).filter(({ kind }) => kind === "web").length;
  first.journal.close();
  const { journal } = openJournal(folder, { capBytes: 9_000 });
  journal.append({ kind: "alive", body: ALIVE }, { urgent: true });
  expect(toldIn(entriesOf(journal)).map(({ kind, count }) => [kind, count])).toEqual([["web", 20 - kept]]);
  journal.close();
});
