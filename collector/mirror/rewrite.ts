import { relativeTo } from "./names.ts";

/** What rewriting a page needs to know. */
export type Rewriting = {
  /** The page's own file. */
  readonly file: string;
  /** File of an address of the site, or null where it is not in the mirror. */
  readonly fileAt: (address: string) => string | null;
  /** The site's own address, as pages print it; empty where none is known. */
  readonly site: string;
  /** Where the mirror will be, with a slash at its end; null: not told. */
  readonly base: string | null;
  /** Markup at the head of the page, and in place of forms. */
  readonly note: string;
  readonly form: string;
};

/** No script, no form, nothing from elsewhere; a mirror's server may not say so itself. */
const POLICY =
  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'\">";
const TAG = /<(a|link|img|image)\b([^>]*)>/g;
const PLACE = / (href|src)="([^"]*)"/;

/**
 * A page of ours for a place without our server: addresses become ways to files, what is not there is text, forms and live
 * parts give way to a note, and scripts go. The markup is of `html.ts`: attributes stand in double quotes, escaped.
 */
export function rewritten(page: string, rewriting: Rewriting): string {
  const { note, form } = rewriting;
  return page
    .replace(/<script\b[^>]*>.*?<\/script>\n?/gs, "")
    .replace(/<div class="live"[^>]*><\/div>/g, "")
    .replace(/<form\b[^>]*>.*?<\/form>/gs, form)
    .replace(TAG, (whole, name: string, attributes: string) => tagOf(whole, name, attributes, rewriting))
    .replace(/<meta property="og:(?:image|url)" content="([^"]*)">\n?/g, (whole, address: string) =>
      metaOf(whole, address, rewriting),
    )
    .replace(/&lt;iframe src=&quot;([^\s]*?)&quot;/g, (_whole, address: string) => frameOf(address, rewriting))
    .replace(/<meta charset="utf-8">/, (charset) => `${charset}\n${POLICY}`)
    .replace(/<main id="content"/, (main) => `${note}\n${main}`);
}

function tagOf(whole: string, name: string, attributes: string, rewriting: Rewriting): string {
  const [, attribute = "", text = ""] = PLACE.exec(attributes) ?? [];
  const address = localAddress(unescaped(text), rewriting.site);
  if (attribute === "" || address === null) return whole;
  const { path, place } = address;
  const target = rewriting.fileAt(path);
  if (target !== null) {
    const to = `${relativeTo(rewriting.file, target)}${escaped(place)}`;
    return whole.replace(PLACE, ` ${attribute}="${to}"`);
  }
  if (name === "link") return "";
  return `<${name}${attributes.replace(/ (?:href|src|rel|type|hreflang|target|download)(?:="[^"]*")?(?=[ /]|$)/g, "")}>`;
}

/** Path and query of an address within the site, and the place on its page; null for places of this page and of others. */
function localAddress(text: string, site: string): { path: string; place: string } | null {
  const inner = site !== "" && (text === site || text.startsWith(`${site}/`)) ? text.slice(site.length) || "/" : text;
  if (!inner.startsWith("/") || inner.startsWith("//")) return null;
  const [path = "", place] = inner.split("#");
  return { path, place: place === undefined ? "" : `#${place}` };
}

/** Cards are shown by others' servers, which need the whole address. */
function metaOf(whole: string, address: string, { site, base, fileAt }: Rewriting): string {
  const local = localAddress(unescaped(address), site);
  const file = base === null || local === null ? null : fileAt(local.path);
  return file === null ? "" : whole.replace(/content="[^"]*"/, `content="${escaped(`${base}${file}`)}"`);
}

/** The code of a frame leads to the mirror where its address is known, else to the site. */
function frameOf(text: string, { site, base, fileAt }: Rewriting): string {
  const local = localAddress(unescaped(unescaped(text)), site);
  const file = local === null || base === null ? null : fileAt(local.path);
  return `&lt;iframe src=&quot;${file === null ? text : escaped(`${base}${file}`)}&quot;`;
}

/** Addresses of the site that a page names: pages, pictures, styles, data; `cards`: also what only messengers show. */
export function addressesIn(page: string, site: string, cards: boolean): string[] {
  const plain = page.replace(/<script\b[^>]*>.*?<\/script>\n?/gs, "");
  const found = [...plain.matchAll(TAG)].map(([, , attributes = ""]) => PLACE.exec(attributes)?.[2] ?? "");
  const images = cards ? [...plain.matchAll(/<meta property="og:image" content="([^"]*)">/g)] : [];
  const named = [...found, ...images.map(([, text = ""]) => text)];
  return named.flatMap((text) => localAddress(unescaped(text), site)?.path ?? []);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&#96;", "`")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
