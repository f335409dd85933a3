import { afterEach, expect, it } from "vitest";
import { checkAnchors } from "../../../probe/link/anchors.ts";
import { createAuthenticity } from "../../../probe/link/authentic.ts";
import { createNames } from "../../../probe/link/names.ts";
import type { Anchor } from "../../../protocol/target.ts";
import { createAuthority, type Order } from "../../world/authority.ts";
import { type Origin, startOrigin } from "../../world/origin.ts";

const HOST = "anchor.test";
const DAY_MS = 86_400_000;
const origins: Origin[] = [];
afterEach(async () => {
  for (const origin of origins.splice(0)) await origin.close();
});

/** A TLS server on loopback and the check of an anchor that is meant to be there. */
async function world(order: Order, { trusted = true } = {}) {
  const authority = await createAuthority();
  const origin = await startOrigin({ address: "127.0.0.1" }, () => ({}), await authority.issue(order));
  origins.push(origin);
  let nowMs = 0;
  const authenticity = createAuthenticity(trusted ? [authority.ca] : [], () => nowMs, [origin.port]);
  const anchor: Anchor = {
    id: "one",
    group: "foreign",
    host: HOST,
    port: origin.port,
    addresses: ["127.0.0.1"],
    operator: "test",
    source: "test",
  };
  const names = createNames({ servers: () => [], isBogon: () => false });
  const options = { names, authenticity, timeoutMs: 3000, random: () => 0.5 };
  return {
    origin,
    anchor,
    authenticity,
    pass: (ms: number) => {
      nowMs += ms;
    },
    check: async () => (await checkAnchors([anchor], options, new AbortController().signal))[0],
  };
}

it("an anchor with its own certificate is reached, and need not prove itself again for five minutes", async () => {
  const { check, anchor, authenticity, pass } = await world({ names: [HOST] });
  expect(await check()).toMatchObject({ ok: true, failure: null });
  expect(authenticity.isFresh(anchor)).toBe(true);
  pass(299_000);
  expect(await check()).toMatchObject({ ok: true, failure: null });
  pass(2000);
  expect(authenticity.isFresh(anchor)).toBe(false);
});

it.each([
  ["an unknown authority vouches for", { names: [HOST] }, false, "ssl_unknown_authority"],
  ["a certificate is for somebody else of", { names: ["portal.test"] }, true, "ssl_invalid_hostname"],
] as const)("whatever answers where %s it is not the anchor", async (_what, order, trusted, failure) => {
  const { check, anchor, authenticity } = await world(order, { trusted });
  expect(await check()).toMatchObject({ ok: false, failure });
  expect(authenticity.isFresh(anchor)).toBe(false);
});

it("a certificate that is only out of time still is the anchor's: hosts without a clock of their own boot in the past", async () => {
  const past = { notBefore: new Date(Date.now() - 20 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) };
  const { check } = await world({ names: [HOST], ...past });
  expect(await check()).toMatchObject({ ok: true, failure: null });
});
