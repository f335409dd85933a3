import { gzipSync } from "node:zlib";
import { type Answer, page, type World } from "../../world/index.ts";
import type { Condition } from "./scene.ts";

const NAME = "orda.test";
const CAPTCHA = page("Just a moment...", "Prove that you are human.");

/** A site that answers everybody alike. */
function everybody(answer: Answer): Condition["prepare"] {
  return async (world) => ({ url: (await world.addSite({ name: NAME, answer: () => answer })).url });
}

/** A site that answers the witness otherwise than the controls, with its own valid certificate. */
function byPlace(here: Answer, abroad: Answer = { body: page("Orda") }): Condition["prepare"] {
  return (world) => byAddress(world, here, abroad);
}

async function byAddress(world: World, here: Answer, abroad: Answer) {
  const near = await world.addSite({ name: NAME, answer: () => here });
  const far = await world.addSite({ name: NAME, answer: () => abroad });
  world.isp.zone[NAME] = { a: near.addresses };
  return { url: far.url, witness: { doh: [], publicResolvers: [] } };
}

const moved = (location: string, more: Readonly<Record<string, string>> = {}): Answer => ({
  status: 302,
  headers: { location, ...more },
});

/** Innocent answers of the site itself. */
export const ANSWER_CONDITIONS: readonly Condition[] = [
  {
    says: "CAPTCHA with 403, for the witness only",
    honest: ["geo_block"],
    prepare: byPlace({ status: 403, body: CAPTCHA }),
  },
  { says: "403 for everybody", honest: ["ok"], prepare: everybody({ status: 403, body: page("Forbidden") }) },
  { says: "403 for the witness only", honest: ["geo_block"], prepare: byPlace({ status: 403, body: page("No") }) },
  {
    says: "429, too many requests",
    honest: ["geo_block", "ok"],
    prepare: byPlace({ status: 429, body: page("Slow") }),
  },
  {
    says: "503 with a challenge, for the witness only",
    honest: ["geo_block"],
    prepare: byPlace({ status: 503, headers: { "cf-mitigated": "challenge" }, body: CAPTCHA }),
  },
  {
    says: "503 maintenance, for everybody",
    honest: ["site_down"],
    prepare: everybody({ status: 503, headers: { "retry-after": "3600" }, body: page("Maintenance") }),
  },
  {
    says: "503 on one server of a CDN only",
    honest: ["inconclusive"],
    prepare: byPlace({ status: 503, body: page("Maintenance") }),
  },
  {
    says: "451 by the site itself for this country",
    honest: ["geo_block"],
    prepare: byPlace({ status: 451, headers: { link: '<https://orda.test/>; rel="blocked-by"' }, body: page("451") }),
  },
  {
    says: "451 by the site itself, for everybody",
    honest: ["ok"],
    prepare: everybody({ status: 451, body: page("451") }),
  },
  { says: "404 for everybody", honest: ["ok"], prepare: everybody({ status: 404, body: page("Gone") }) },
  {
    says: "a page of two megabytes",
    honest: ["ok"],
    prepare: everybody({ body: page("Big", "x".repeat(2 * 1024 * 1024)) }),
  },
  { says: "an empty page", honest: ["ok"], prepare: everybody({ body: "" }) },
  {
    says: "a gzip page",
    honest: ["ok"],
    prepare: everybody({ headers: { "content-encoding": "gzip" }, body: gzipSync(page("Packed")) }),
  },
  {
    says: "a page that breaks off, for everybody",
    honest: ["ok", "site_down", "inconclusive"],
    prepare: everybody("cut-short"),
  },
  {
    says: "a page that breaks off, for the witness only",
    honest: ["ok", "inconclusive"],
    prepare: byPlace("cut-short"),
  },
  {
    says: "an answer that is not HTTP, for everybody",
    honest: ["site_down", "inconclusive"],
    prepare: everybody("garbage"),
  },
  {
    says: "redirects without end",
    honest: ["ok"],
    prepare: async (world) => {
      let hop = 0;
      return world.addSite({ name: NAME, answer: () => moved(`/${hop++}`) });
    },
  },
  {
    says: "a cookie wall: the same redirect until a cookie comes back",
    honest: ["ok"],
    prepare: everybody(moved("/", { "set-cookie": "seen=1" })),
  },
  {
    says: "a redirect to another site",
    honest: ["ok"],
    prepare: async (world) => {
      const other = await world.addSite({ name: "elsewhere.test" });
      return world.addSite({ name: NAME, answer: () => moved(other.url) });
    },
  },
  {
    says: "a redirect to another site that is dead",
    honest: ["ok"],
    prepare: everybody(moved("https://dead.test/")),
  },
  {
    says: "another page by region, over TLS",
    honest: ["ok"],
    prepare: byPlace({ body: page("Қазақстан", "x".repeat(9000)) }, { body: page("World") }),
  },
];
