import { expect, it } from "vitest";
import { hasNamespaces, runs } from "../../requires.ts";
import { startSmallNet } from "./net/small-net.ts";

/** 80 minutes of a quiet line at a look every fifteen seconds: two rotations. */
const LOOKS = 320;
const LOOKS_A_DAY = 5760;
const BUDGET_BYTES = 1_500_000;
/** What a public server's certificates weigh more than those of this test (3.5 KB against some 1.2). */
const HEAVIER_PROOF = { bytes: 2500, aDay: LOOKS_A_DAY / 160 };

it.runIf(runs(hasNamespaces()))(
  "a quiet line costs at most 1.5 MB a day of IP packets, counted at the interface",
  async () => {
    const net = await startSmallNet({ quietLooks: LOOKS });
    try {
      expect(await net.quietLooks()).toBe(LOOKS);
      const before = await net.traffic();
      expect(await net.quietLooks()).toBe(LOOKS);
      const after = await net.traffic();
      const perLook = (key: keyof typeof after) => (after[key] - before[key]) / LOOKS;
      const aDay = perLook("ipBytes") * LOOKS_A_DAY + HEAVIER_PROOF.bytes * HEAVIER_PROOF.aDay;
      process.stdout.write(
        `a look costs ${perLook("ipBytes").toFixed(0)} bytes of IP, ${perLook("wireBytes").toFixed(0)} with Ethernet's ` +
          `heads, ${perLook("packets").toFixed(1)} packets; a day ${(aDay / 1e6).toFixed(2)} MB\n`,
      );
      expect(aDay).toBeLessThanOrEqual(BUDGET_BYTES);
    } finally {
      await net.close();
    }
  },
  120_000,
);
