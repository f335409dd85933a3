import type { Addresses } from "./addresses.ts";
import type { Feed, FeedEntry } from "./feed.ts";
import { type Xml, xml, xmlDocument } from "./xml.ts";

/** A feed as Atom (RFC 4287). */
export function atomText(feed: Feed, { idOf, hrefOf }: Addresses): string {
  const { language, title, subtitle, updated, entries, pathOf } = feed;
  return xmlDocument(xml`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${idOf(pathOf("atom"))}</id>
<title>${title}</title>
<subtitle>${subtitle}</subtitle>
<updated>${updated}</updated>
<author><name>Kuager</name></author>
<rights>CC BY 4.0</rights>
<generator>Kuager</generator>
<link rel="self" type="application/atom+xml" href="${hrefOf(pathOf("atom"))}"/>
<link rel="alternate" type="text/html" hreflang="${language}" href="${hrefOf(`/${language}`)}"/>
${entries.map(entryXml)}</feed>`);
}

function entryXml({ id, href, title, lines, version, updated }: FeedEntry): Xml {
  const { incident, publishedAt, change } = version;
  const terms = [
    ...[incident.kind, incident.confidence, change],
    ...incident.regions,
    ...incident.asns.map((asn) => `AS${asn}`),
    ...incident.targets,
  ];
  return xml`<entry>
<id>${id}</id>
<title>${title}</title>
<published>${publishedAt}</published>
<updated>${updated}</updated>
<link rel="alternate" type="text/html" href="${href}"/>
${[...new Set(terms)].map(
  (term) => xml`<category term="${term}"/>
`,
)}<content type="text">${lines.join("\n")}</content>
</entry>
`;
}
