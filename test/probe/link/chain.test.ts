import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createChainCheck } from "../../../probe/link/chain.ts";
import { createAuthority, selfSigned } from "../../world/authority.ts";

const leafOf = ({ cert }: { cert: string }) => new X509Certificate(cert);

describe("a chain looked at apart from time", () => {
  it("holds when a trusted root has signed it, out of time or not", async () => {
    const authority = await createAuthority();
    const past = { notBefore: new Date("1999-01-01"), notAfter: new Date("1999-12-31") };
    const isRooted = createChainCheck([authority.ca]);
    expect(isRooted(leafOf(await authority.issue({ names: ["a.test"] })))).toBe(true);
    expect(isRooted(leafOf(await authority.issue({ names: ["a.test"], ...past })))).toBe(true);
  });

  it("does not hold for what vouches for itself, nor for another authority of the same name", async () => {
    const authority = await createAuthority();
    const impostor = await createAuthority();
    const isRooted = createChainCheck([authority.ca]);
    expect(isRooted(leafOf(await selfSigned({ names: ["a.test"] })))).toBe(false);
    expect(isRooted(leafOf(await impostor.issue({ names: ["a.test"] })))).toBe(false);
  });
});
