import type { Bounds } from "./crawl.ts";
import { LOG_FOLDER, type MirroredLog } from "./mirror-log.ts";
import { relativeTo } from "./names.ts";
import type { MirrorIndex } from "./place.ts";
import type { Used } from "./shelf.ts";

export const ABOUT_FILE = "MIRROR.txt";
export const MANIFEST_FILE = "manifest-sha256.txt";

export type Told = Used & {
  readonly at: string;
  readonly base: string | null;
  readonly source: string | null;
  readonly noRoom: number;
  readonly tooLarge: number;
  readonly bounds: Bounds;
  readonly log: MirroredLog | null;
};

/** What a mirror is, when it was made, what it lacks, and how anyone can check it. */
export function aboutText(told: Told): string {
  const { at, base, source, log } = told;
  return `${[
    "Kuager: a copy of the reading site for places where the site itself cannot be reached",
    "",
    `Made at: ${at}`,
    ...(source === null ? [] : [`Copy of: ${source}`]),
    ...(base === null ? [] : [`Lies at: ${base}`]),
    `Files: ${told.files}, bytes: ${told.bytes}`,
    "",
    "Open index.html. No page needs a script, a server or another host. A file that says the same as in the copy before was",
    "left as it was, with the time that stands in it.",
    "",
    "Not here: forms, views chosen by them, and what updates itself; the daily files of all rows (/data).",
    ...roomText(told),
    "",
    "How to check it",
    "1. Every file:   sha256sum --check --quiet manifest-sha256.txt",
    "2. All at once:  kuager collector mirror --check FOLDER",
    "   It also computes the root of the log from its tiles and holds it against the signed head.",
    "3. Compare the key and the head below with those that others keep, such as witnesses of the log.",
    "",
    ...logText(log),
  ].join("\n")}\n`;
}

function roomText({ noRoom, tooLarge, bounds }: Told): string[] {
  const megabytes = Math.round(bounds.bytes / 1_000_000);
  return [
    ...(noRoom === 0
      ? []
      : [`Left out: ${noRoom} addresses, since the copy may hold ${bounds.files} files and ${megabytes} MB.`]),
    ...(tooLarge === 0
      ? []
      : [`Left out: ${tooLarge} files that are larger than ${Math.round(bounds.answerBytes / 1_000_000)} MB.`]),
  ];
}

function logText(log: MirroredLog | null): string[] {
  if (log === null) return ["The log of records has no signed head yet."];
  return [
    `The log of records, ${log.size} leaves (files in ${LOG_FOLDER}; C2SP tlog-tiles, RFC 9162 hashing)`,
    ...(log.whole ? [] : ["Its tiles found no room here: only its head is checked."]),
    "Key:",
    log.key.trimEnd(),
    "Head:",
    log.checkpoint.trimEnd(),
  ];
}

/** Hashes of all files as sha256sum reads them. */
export function manifestText(files: MirrorIndex["files"]): string {
  return Object.entries(files)
    .map(([file, { sha256 }]) => `${sha256}  ${file}\n`)
    .join("");
}

/** The pages for search engines; their addresses are whole where the mirror's own is known. */
export function sitemapText(pages: readonly string[], base: string | null): string {
  const rows = [...pages]
    .sort()
    .map((file) => `<url><loc>${`${base ?? ""}${relativeTo("", file)}`.replaceAll("&", "&amp;")}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join("")}</urlset>\n`;
}
