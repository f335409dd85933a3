import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshCheckpoint } from "../../../../collector/evidence/checkpoints.ts";
import { askStamp, finishStamp } from "../../../../collector/evidence/stamp/ask-stamps.ts";
import { otsFile, readOts } from "../../../../collector/evidence/stamp/ots.ts";
import { checkStamp, stampRequest } from "../../../../collector/evidence/stamp/rfc3161.ts";
import { createOutward, type Outward } from "../../../../collector/outward.ts";
import { openStore } from "../../../../collector/store/open-store.ts";
import type { Store } from "../../../../collector/store/store.ts";
import { utf8 } from "../../../../protocol/bytes.ts";
import { temporaryFolder } from "../../../end-to-end/processes.ts";
import { BLOCK_HEIGHT, type Calendar, makeCalendar } from "./calendar.ts";
import { type Authority, type Listening, listening, makeAuthority } from "./tsa.ts";

const folder = temporaryFolder();
const place = (name: string) => join(folder.path, name);
const folderOf = (name: string) => {
  mkdirSync(place(name));
  return place(name);
};
const TEXT = utf8("a head of a log\n");
let authority: Authority;
let stranger: Authority;
let store: Store;
let outward: Outward;
let server: Listening;
let calendar: Calendar;
const roots = ({ ca }: Authority) => [new X509Certificate(ca)];

beforeAll(async () => {
  authority = makeAuthority(folderOf("one"));
  stranger = makeAuthority(folderOf("two"));
  store = await openStore(folderOf("collector"));
  outward = await createOutward(null);
  server = await listening((_method, path, body) =>
    path === "/tsa" ? { body: authority.reply(body) } : { status: 503, body: "closed" },
  );
  calendar = await makeCalendar();
});
afterAll(async () => {
  await Promise.all([outward.close(), server.close(), calendar.close(), store.close()]);
  folder.remove();
});

describe("a time stamp of RFC 3161", () => {
  test("is asked for by a request that openssl reads, and its answer holds", () => {
    const answer = authority.reply(stampRequest(TEXT));
    const stamp = checkStamp(TEXT, answer, roots(authority));
    expect(stamp).toMatchObject({ signer: "CN=Test keeper of time", trusted: true });
    expect(Math.abs(Date.parse(stamp.time) - Date.now())).toBeLessThan(600_000);
    expect(checkStamp(TEXT, answer, null).trusted).toBeNull();
  });

  test("holds by openssl too, as the VERIFY texts say", () => {
    writeFileSync(place("text"), TEXT);
    writeFileSync(place("answer.tsr"), authority.reply(stampRequest(TEXT)));
    const told = execFileSync(
      "openssl",
      ["ts", "-verify", "-data", place("text"), "-in", place("answer.tsr"), "-CAfile", authority.caFile],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    expect(told).toContain("Verification: OK");
  });

  test("of somebody whom the reader does not trust is told as such", () => {
    const answer = stranger.reply(stampRequest(TEXT));
    expect(checkStamp(TEXT, answer, roots(authority)).trusted).toBe(false);
  });

  test("over another text, or with any byte changed, never holds", () => {
    const answer = authority.reply(stampRequest(TEXT));
    expect(() => checkStamp(utf8("another text"), answer, null)).toThrow(/another text/);
    const places = [...answer.keys()].filter((at) => at % 7 === 0);
    const held = places.filter((at) => {
      const changed = Uint8Array.from(answer);
      changed[at] = (changed[at] ?? 0) ^ 1;
      try {
        return checkStamp(TEXT, changed, roots(authority)).trusted === true;
      } catch {
        return false;
      }
    });
    // What is not covered: the outer status and policy of the answer, the name of the algorithm, certificates not needed.
    const covered = answer.indexOf("Test keeper of time");
    expect(held.length).toBeLessThan(places.length / 2);
    expect(covered).toBeGreaterThan(0);
    const told = checkStamp(TEXT, answer, roots(authority));
    for (const at of held) {
      const changed = Uint8Array.from(answer);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(checkStamp(TEXT, changed, roots(authority)), `byte ${at}`).toEqual(told);
    }
  });

  test("any bytes are refused in words", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => checkStamp(TEXT, bytes, null)).toThrow(/time stamp is no good/);
      }),
    );
  });
});

describe("an OpenTimestamps proof", () => {
  test("leads from the text to a calendar's promise", async () => {
    const { ask } = outward;
    const answer = await ask({
      method: "POST",
      url: `${calendar.url}/digest`,
      body: TEXT,
      deadlineMs: 5000,
      bytesMax: 1000,
    });
    const [anchor, ...more] = readOts(TEXT, otsFile(TEXT, answer.bytes));
    expect(anchor).toMatchObject({ kind: "pending", calendar: calendar.url });
    expect(more).toEqual([]);
    expect(() => readOts(utf8("another"), otsFile(TEXT, answer.bytes))).toThrow(/another text/);
  });

  test("any bytes are refused in words, or read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(readOts(TEXT, otsFile(TEXT, bytes)).length).toBeGreaterThan(0);
        } catch (error) {
          expect(String(error)).toMatch(/OpenTimestamps proof is no good/);
        }
      }),
    );
  });

  test("with many branches in few bytes ends", () => {
    const forks = Uint8Array.from({ length: 30_000 }, () => 0xff).map((_, at) => (at % 2 === 0 ? 0xff : 0x08));
    expect(() => readOts(TEXT, otsFile(TEXT, forks))).toThrow(/no good/);
  });
});

describe("the collector", () => {
  const parts = () => ({ store, ask: outward.ask, now: Date.now });

  test("keeps the answers of those whom it asks, as they came, beside the head", async () => {
    const head = await freshCheckpoint(store, Date.now());
    await askStamp(parts(), { kind: "rfc3161", url: `${server.url}/tsa` }, head);
    await askStamp(parts(), { kind: "ots", url: calendar.url }, head);
    const [ots, rfc3161] = await store.log.stamps(head.size, 10);
    expect(checkStamp(utf8(head.note), rfc3161?.answer ?? new Uint8Array(), roots(authority)).trusted).toBe(true);
    expect(readOts(utf8(head.note), ots?.answer ?? new Uint8Array())[0]?.kind).toBe("pending");
  });

  test("makes a proof of a promise once the calendar knows its block", async () => {
    const stamp = (await store.log.stamps(0, 10)).find(({ kind }) => kind === "ots");
    if (stamp === undefined) throw new Error("there is no promise");
    expect(await finishStamp(parts(), stamp)).toBe(false);
    calendar.mine();
    expect(await finishStamp(parts(), stamp)).toBe(true);
    const finished = (await store.log.stamps(0, 10)).find(({ kind }) => kind === "ots");
    expect(readOts(utf8(stamp.note), finished?.answer ?? new Uint8Array())).toEqual([
      { kind: "bitcoin", height: BLOCK_HEIGHT, merkleRoot: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  test("keeps no answer that is none: a refusal, an error, a stamp of something else", async () => {
    const head = await freshCheckpoint(store, Date.now());
    const liar = await listening(() => ({ body: authority.reply(stampRequest(utf8("something else"))) }));
    const before = await store.log.stamps(head.size, 10);
    for (const url of [`${server.url}/closed`, liar.url, "http://127.0.0.1:1/"])
      await expect(askStamp(parts(), { kind: "rfc3161", url }, head)).rejects.toMatchObject({
        code: expect.any(String),
      });
    expect(await store.log.stamps(head.size, 10)).toEqual(before);
    await liar.close();
  });
});
