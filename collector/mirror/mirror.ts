import type { FastifyInstance } from "fastify";
import { sha256Hex } from "../../protocol/hash.ts";
import { LANGUAGES } from "../api/language.ts";
import type { Reader } from "../api/reader.ts";
import type { Language, Pages } from "../api/types.ts";
import { utc } from "../time.ts";
import { type Bounds, type Crawled, crawl, type Progress } from "./crawl.ts";
import { mirrorLog } from "./mirror-log.ts";
import { type Moments, momentsOf } from "./moment.ts";
import { fileOf, relativeTo } from "./names.ts";
import { beginPlace, INDEX_FILE, type Place } from "./place.ts";
import { rewritten } from "./rewrite.ts";
import { createShelf, type Shelf, type Used } from "./shelf.ts";
import { createSite } from "./site.ts";
import { ABOUT_FILE, aboutText, MANIFEST_FILE, manifestText, sitemapText } from "./texts.ts";

export type MirrorParts = {
  readonly reader: Reader;
  /** The reading site of that reader, without a network. */
  readonly app: FastifyInstance;
  readonly pages: Pages;
  readonly folder: string;
  /** Where the mirror will be, with a slash at its end; null: not told. */
  readonly base: string | null;
  readonly bounds: Bounds;
  readonly signal: AbortSignal;
  readonly onProgress?: (now: Progress) => void;
};

/** What was made. `logSize`: leaves of the log at the mirror's head; null where there is none, or no room for its tiles. */
export type Made = Used & Pick<Crawled, "noRoom" | "tooLarge"> & { readonly logSize: number | null };

/** Where pages lie until every link of theirs is known. */
const RAW = ".raw";
const VERIFIER = "/verify-offline.html";

/**
 * Writes the reading site as files. It is made beside the earlier mirror, whose unchanged files it takes over, and then put
 * in its place. Errors: `usage` for a folder that holds something else, `try_later`, `cannot_write`, the store's.
 */
export async function makeMirror(parts: MirrorParts): Promise<Made> {
  const place = await beginPlace(parts.folder);
  try {
    const made = await fill(place, parts);
    await place.commit();
    return made;
  } catch (error) {
    await place.abandon();
    throw error;
  }
}

async function fill(place: Place, parts: MirrorParts): Promise<Made> {
  const { reader, pages, base, bounds } = parts;
  const at = utc(reader.now());
  const moments = momentsOf(
    at,
    LANGUAGES.flatMap((language) => pages.mirror.moment(at, language)),
  );
  const shelf = createShelf(place);
  const log = await mirrorLog(reader, shelf, bounds);
  const found = await gather(place, { ...parts, shelf, moments });
  const written = await writePages(place, { ...parts, shelf, moments }, found);
  await place.drop(RAW);
  const { noRoom, tooLarge } = found.crawled;
  await shelf.put("sitemap.xml", sitemapText(written, base));
  const source = reader.publicUrl === "" ? null : (reader.publicUrl ?? null);
  await shelf.put(ABOUT_FILE, aboutText({ ...shelf.used(), at, base, source, noRoom, tooLarge, bounds, log }));
  const files = shelf.files();
  await place.write(MANIFEST_FILE, manifestText(files));
  await place.write(INDEX_FILE, `${JSON.stringify({ format: "kuager-mirror/1", madeAt: at, files })}\n`);
  return { ...shelf.used(), noRoom, tooLarge, logSize: log?.whole === true ? log.size : null };
}

type Making = MirrorParts & { readonly shelf: Shelf; readonly moments: Moments };
type Gathered = {
  readonly fileAt: (address: string) => string | null;
  readonly crawled: Crawled;
  readonly html: string[];
};

/** Asks for everything; pages wait, since their links are rewritten when it is known what there is. */
async function gather(place: Place, making: Making): Promise<Gathered> {
  const { reader, app, pages, base, bounds, signal, shelf, moments } = making;
  const files = new Map<string, string>();
  const html = new Set<string>();
  const ask = createSite({
    app,
    shelf,
    moments,
    bundles: reader.bundles,
    answerBytes: bounds.answerBytes,
    png: pages.png,
  });
  const crawled = await crawl({
    ...{
      ask,
      bounds,
      signal,
      onProgress: making.onProgress,
      cards: base !== null,
      ownAddress: moments.ownAddress,
      used: shelf.used(),
      site: reader.publicUrl ?? "",
    },
    seeds: ["/", ...LANGUAGES.map((language) => `/${language}`), VERIFIER, ...(await permanentAddresses(reader))],
    keep: async (address, answer) => {
      const file = fileOf(address, answer.type);
      files.set(address, file);
      if (answer.is === "kept") return;
      if (!answer.type.startsWith("text/html") || address === VERIFIER)
        return shelf.put(file, answer.body, answer.same);
      html.add(file);
      await place.write(`${RAW}/${file}`, answer.body);
    },
  });
  const fileAt = (address: string) => {
    const own = moments.ownAddress(address);
    return files.get(own) ?? files.get(crawled.moved.get(own) ?? "") ?? null;
  };
  return { fileAt, crawled, html: [...html] };
}

async function writePages(place: Place, making: Making, { fileAt, html }: Gathered): Promise<string[]> {
  const { reader, pages, base, signal, shelf, moments } = making;
  for (const file of html) {
    signal.throwIfAborted();
    const page = await place.read(`${RAW}/${file}`);
    const words = pages.mirror.words(languageOf(page), relativeTo(file, ABOUT_FILE), utc(reader.now()));
    const text = rewritten(page, { file, fileAt, site: reader.publicUrl ?? "", base, ...words });
    await shelf.put(file, text, sha256Hex(moments.without(text)));
  }
  return html;
}

function languageOf(page: string): Language {
  const [, language] = /<html lang="(kk|ru|en)"/.exec(page) ?? [];
  return LANGUAGES.find((one) => one === language) ?? "en";
}

/** Addresses that are cited: of every version, in no language. */
async function permanentAddresses({ store }: Pick<Reader, "store">): Promise<string[]> {
  const newest = await store.publications.newest();
  return newest.flatMap(({ number, version }) => [
    `/i/${number}`,
    ...Array.from({ length: version }, (_, index) => `/i/${number}/v${index + 1}`),
  ]);
}
