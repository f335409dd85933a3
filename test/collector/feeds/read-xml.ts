import type { Page } from "playwright-core";

/** An element of a document, as a browser's XML parser read it. */
export type Element = {
  readonly name: string;
  readonly namespace: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Element[];
};

const SCRIPT = `(source) => {
  const plain = (one) => ({
    name: one.tagName,
    namespace: one.namespaceURI,
    attributes: Object.fromEntries([...one.attributes].map(({ name, value }) => [name, value])),
    text: one.textContent,
    children: [...one.children].map(plain),
  });
  const parsed = new DOMParser().parseFromString(source, "application/xml");
  const error = parsed.getElementsByTagName("parsererror")[0];
  return error === undefined ? plain(parsed.documentElement) : error.textContent;
}`;

/** The root element of an XML text. Throws the parser's own words when it is not well formed. */
export async function readXml(page: Page, text: string): Promise<Element> {
  const read = await page.evaluate<Element | string>(`(${SCRIPT})(${JSON.stringify(text)})`);
  if (typeof read === "string") throw new Error(read);
  return read;
}

/** What breaks the rules of RFC 4287 in a feed; empty when nothing does. */
export function atomFaults(feed: Element): string[] {
  const entries = named(feed, "entry");
  return [
    ...(feed.name === "feed" && feed.namespace === "http://www.w3.org/2005/Atom" ? [] : ["it is no feed"]),
    ...["id", "title", "updated", "author"].flatMap((name) => once(feed, name)),
    ...(links(feed, "self").length === 1 ? [] : ["it does not name itself once"]),
    ...entries.flatMap(entryFaults),
  ];
}

function entryFaults(entry: Element): string[] {
  const dates = [...named(entry, "updated"), ...named(entry, "published")];
  return [
    ...["id", "title", "updated", "content"].flatMap((name) => once(entry, name)),
    ...(links(entry, "alternate").length === 1 ? [] : ["an entry leads not to one page"]),
    ...dates.filter(({ text }) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)).map(({ text }) => text),
    ...(named(entry, "content").every(({ children }) => children.length === 0) ? [] : ["text holds elements"]),
  ];
}

function once(of: Element, name: string): string[] {
  const { length } = named(of, name);
  return length === 1 ? [] : [`${of.name} has ${length} of ${name}`];
}

/** Elements of a name directly within another. */
export function named(of: Element, name: string): Element[] {
  return of.children.filter((child) => child.name === name);
}

function links(of: Element, rel: string): Element[] {
  return named(of, "link").filter(({ attributes }) => attributes.rel === rel);
}
