import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptBatch } from "../../../collector/ingest/accept.ts";
import { unpackBatch } from "../../../collector/ingest/unpack.ts";
import { CHAIN_START, type ChainHead } from "../../../protocol/chain.ts";
import { createTestProbe, packed, webDraft } from "../test-probe.ts";

const probe = createTestProbe();
const journal = Array.from({ length: 30 }, (_, index) => probe.write(index % 3 === 0 ? webDraft() : undefined));
const hashAt = async (seq: number) => journal[seq - 1]?.hash ?? null;

test("whatever is delivered in whatever order, the stored chain is the written one, each entry once", async () => {
  const slice = fc.tuple(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 1, max: 10 }));
  await fc.assert(
    fc.asyncProperty(fc.array(slice, { maxLength: 20 }), async (deliveries) => {
      const stored: string[] = [];
      for (const [from, count] of deliveries) {
        const last = stored.length === 0 ? null : (journal[stored.length - 1] ?? null);
        const head: ChainHead = last === null ? CHAIN_START : { seq: last.seq, hash: last.hash };
        const batch = probe.batch(journal.slice(from, from + count));
        const accepted = await acceptBatch(batch, { publicKey: probe.publicKey, head, hashAt });
        if (from > stored.length) expect(accepted).toMatchObject({ ok: false, code: "gap" });
        else expect(accepted.ok).toBe(true);
        if (accepted.ok) stored.push(...accepted.rows.map(({ text }) => text));
      }
      expect(stored).toEqual(journal.slice(0, stored.length).map(({ text }) => text));
    }),
    { numRuns: 50 },
  );
});

test("a batch with one byte changed is never accepted", async () => {
  const batch = probe.batch(journal.slice(0, 3));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 2 }),
      fc.nat(),
      fc.string({ minLength: 1, maxLength: 1 }),
      async (index, place, letter) => {
        const entries = batch.entries.map((text, at) => {
          if (at !== index) return text;
          const position = place % text.length;
          return text.slice(0, position) + letter + text.slice(position + 1);
        });
        fc.pre(entries[index] !== batch.entries[index]);
        const known = { publicKey: probe.publicKey, head: CHAIN_START, hashAt };
        expect((await acceptBatch({ ...batch, entries }, known)).ok).toBe(false);
      },
    ),
    { numRuns: 200 },
  );
});

test("unpacking takes any bytes without throwing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, likeGzip) => {
      const given = likeGzip ? Buffer.concat([Buffer.from([0x1f, 0x8b]), bytes]) : Buffer.from(bytes);
      expect(unpackBatch(given)).toMatchObject({ ok: false, code: "bad_message" });
    }),
  );
});

test("a delivery cut short is refused whole", () => {
  const whole = packed(probe.batch(journal.slice(0, 5)));
  for (let length = 0; length < whole.length; length += 17)
    expect(unpackBatch(whole.subarray(0, length)).ok).toBe(false);
  expect(unpackBatch(whole).ok).toBe(true);
});
