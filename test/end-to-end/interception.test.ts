import { createHash, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classify } from "../../collector/analysis/classify.ts";
import { type InterceptionRoot, knowledgeFrom } from "../../collector/analysis/knowledge.ts";
import { measureWeb } from "../../probe/measure/web.ts";
import { WebBody } from "../../protocol/records/web.ts";
import { loadInterception } from "../../targets/load.ts";
import { calm, webSettings } from "../probe/measure/web-settings.ts";
import {
  type Authority,
  createAuthority,
  createInterceptionAuthority,
  nextAddress,
  startOrigin,
  startWorld,
  type World,
} from "../world/index.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.addSite({ name: "innocent.test" });
});
afterAll(() => world.close());

/** Measures a site whose every address is an interceptor's, which sends its own certificate behind the leaf's. */
async function intercepted(name: string, by: Authority): Promise<WebBody> {
  const leaf = await by.issue({ names: [name] });
  const address = nextAddress();
  world.keep(await startOrigin({ address, port: world.port }, () => ({}), { ...leaf, cert: `${leaf.cert}\n${by.ca}` }));
  for (const { zone } of [world.isp, world.publicDns, world.doh]) zone[name] = { a: [address] };
  const body = await measureWeb(webSettings(world, `https://${name}:${world.port}/`, { followups: false }), calm());
  expect(WebBody.safeParse(body).error).toBeUndefined();
  return body;
}

const row = (more: Partial<InterceptionRoot>): InterceptionRoot => ({
  ...{ name: "on record", sha256: null, sha1: null, issuerPattern: null, from: null, to: null, source: "test" },
  ...more,
});
const verdictOn = (body: WebBody, interception: readonly InterceptionRoot[]) =>
  classify({ body, local: [], link: null }, [], knowledgeFrom({ interception }));
const hashOf = (by: "sha1" | "sha256", { ca }: Authority) =>
  createHash(by).update(new X509Certificate(ca).raw).digest("hex");

describe("an interceptor on record", () => {
  it.each(["sha1", "sha256"] as const)("is known by the %s of a certificate that it sends", async (by) => {
    const authority = await createAuthority("CN=Security Certificate");
    const body = await intercepted(`${by}.test`, authority);
    expect(verdictOn(body, [row({ [by]: hashOf(by, authority) })])).toMatchObject({
      ...{ code: "tls_mitm", rule: "known-interception-root", strength: "self-evident" },
    });
    expect(verdictOn(body, [row({ [by]: "0".repeat(by === "sha1" ? 40 : 64) })]).code).toBe("inconclusive");
  });

  it("is known by the issuer's name where only the leaf is sent", async () => {
    const body = await intercepted("issuer.test", await createInterceptionAuthority());
    expect(verdictOn(body, loadInterception())).toMatchObject({ code: "tls_mitm", strength: "self-evident" });
  });

  it("every row can match what a record carries", () => {
    for (const one of loadInterception()) {
      const step = { chain: [one.sha256 ?? ""], chainSha1: [one.sha1 ?? ""] };
      expect([one.sha256 === step.chain[0], one.sha1 === step.chainSha1[0], one.issuerPattern !== null]).toContain(
        true,
      );
    }
  });
});

describe("SHA-1 of a chain", () => {
  it("stands beside it where the chain does not hold, and nowhere else", async () => {
    const body = await intercepted("beside.test", await createAuthority("CN=Somebody"));
    expect(body.tls[0]?.chainSha1).toHaveLength(body.tls[0]?.chain.length ?? -1);
    const site = await world.addSite({ name: "fine.test" });
    const fine = await measureWeb(webSettings(world, site.url), calm());
    expect(fine.tls[0]).not.toHaveProperty("chainSha1");
  });
});
