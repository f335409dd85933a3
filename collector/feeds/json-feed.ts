import type { Addresses } from "./addresses.ts";
import type { Feed } from "./feed.ts";

/** A feed as JSON Feed 1.1; each item carries the published version as the API gives it. */
export function jsonFeed(feed: Feed, { hrefOf }: Addresses): object {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.subtitle,
    language: feed.language,
    home_page_url: hrefOf(`/${feed.language}`),
    feed_url: hrefOf(feed.pathOf("json")),
    authors: [{ name: "Kuager" }],
    items: feed.entries.map(({ id, href, title, lines, version, updated }) => ({
      id,
      url: href,
      title,
      content_text: lines.join("\n"),
      date_published: version.publishedAt,
      date_modified: updated,
      tags: [version.incident.kind, version.incident.confidence, version.change],
      _kuager: version,
    })),
  };
}
