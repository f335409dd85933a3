import etag from "@fastify/etag";
import type { FastifyInstance, FastifyReply } from "fastify";
import { readQuery } from "../api/query.ts";
import type { Reader } from "../api/reader.ts";
import type { Pages } from "../api/types.ts";
import { logIdentity } from "../evidence/log-identity.ts";
import { createAddresses } from "./addresses.ts";
import { atomText } from "./atom.ts";
import { calendarText } from "./calendar.ts";
import { type FeedChoice, FeedQuery, isPicked } from "./choice.ts";
import { describeFeeds } from "./describe.ts";
import { entryOf, type FeedParts, makeFeed } from "./feed.ts";
import { jsonFeed } from "./json-feed.ts";

const EVENTS = 500;
const FRESH_S = 60;

/** `GET /feeds/incidents.atom`, `.json` (JSON Feed) and `.ics`, each picked by the parameters of its address. */
export function addFeeds(app: FastifyInstance, reader: Reader, pages: Pages): void {
  describeFeeds(app);
  const { store, catalogue, publicUrl = null } = reader;
  const parts = async (): Promise<FeedParts> => ({
    ...{ store, names: catalogue.names, notice: pages.notice, words: pages.feed, enoughProbes: reader.enoughProbes },
    addresses: createAddresses(publicUrl, (await logIdentity(store)).origin),
  });
  app.register((feeds, _options, done) => {
    feeds.register(etag);
    const add = (format: string, type: string, make: (parts: FeedParts, choice: FeedChoice) => Promise<string>) =>
      feeds.get(`/feeds/incidents.${format}`, async (request, reply) => {
        const text = await make(await parts(), readQuery(FeedQuery, request.query));
        return send(reply, type, text);
      });
    add("atom", "application/atom+xml; charset=utf-8", async (given, choice) =>
      atomText(await makeFeed(given, choice), given.addresses),
    );
    add("json", "application/feed+json; charset=utf-8", async (given, choice) =>
      JSON.stringify(jsonFeed(await makeFeed(given, choice), given.addresses)),
    );
    add("ics", "text/calendar; charset=utf-8", async (given, choice) => {
      const newest = (await store.publications.newest()).filter(({ incident }) => isPicked(incident, choice));
      const byStart = newest.sort((a, b) => (a.incident.start.earliest < b.incident.start.earliest ? 1 : -1));
      const entries = byStart.slice(0, EVENTS).map((version) => entryOf(given, version, choice.lang ?? "en"));
      return calendarText(entries, (await makeFeed(given, choice)).title, given.addresses);
    });
    done();
  });
}

function send(reply: FastifyReply, type: string, text: string) {
  return reply.type(type).header("cache-control", `public, max-age=${FRESH_S}`).send(text);
}
