import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const FILES = {
  body: "DejaVuSansCondensed.ttf",
  bold: "DejaVuSansCondensed-Bold.ttf",
  mono: "DejaVuSansMono.ttf",
} as const;

/** Sizes in bytes: what stands before the table directory, and one record of it (OpenType 1.9.1, "Table directory"). */
const [HEADER, RECORD] = [12, 16];
/** Rules that put ligatures and other forms in place of letters, and marks onto them. Kerning stands in a table of its own as well. */
const RULES: ReadonlySet<string> = new Set(["GSUB", "GPOS"]);
/** Table `post` in its third version ends here and tells no names of glyphs (OpenType 1.9.1, "post"). */
const [POST_BYTES, POST_NAMELESS] = [32, 0x0003_0000];

let slim: ReadonlyMap<string, Buffer> | undefined;

/**
 * Fonts of a report by the names of its styles, without what no letter of Kazakh, Russian or English needs: rules of shaping, and
 * names of glyphs. To read them and to lay text out by them is a third of a report's time (docs/benchmarks.md).
 */
export function reportFonts(): ReadonlyMap<string, Buffer> {
  const { resolve } = createRequire(import.meta.url);
  slim ??= new Map(
    Object.entries(FILES).map(([name, file]) => [name, slimmed(readFileSync(resolve(`dejavu-fonts-ttf/ttf/${file}`)))]),
  );
  return slim;
}

/** A TrueType font with the tables that are kept, one after the other, each at a multiple of four bytes. */
function slimmed(font: Buffer): Buffer {
  const records = Array.from({ length: font.readUInt16BE(4) }, (_, at) => {
    const record = font.subarray(HEADER + RECORD * at, HEADER + RECORD * (at + 1));
    const [from, length] = [record.readUInt32BE(8), record.readUInt32BE(12)];
    return { record, tag: record.toString("latin1", 0, 4), table: font.subarray(from, from + length) };
  }).filter(({ tag }) => !RULES.has(tag));
  const directory = Buffer.alloc(HEADER + RECORD * records.length);
  // What else stands there (helps for searching, checksums) is left as it was: pdfkit reads the directory in full, and no checksum.
  font.copy(directory, 0, 0, HEADER);
  directory.writeUInt16BE(records.length, 4);
  const parts: Buffer[] = [directory];
  let end = directory.length;
  for (const [at, { record, tag, table }] of records.entries()) {
    const kept = tag === "post" ? nameless(table) : table;
    const place = HEADER + RECORD * at;
    record.copy(directory, place);
    directory.writeUInt32BE(end, place + 8);
    directory.writeUInt32BE(kept.length, place + 12);
    const padding = Buffer.alloc(-kept.length & 3);
    parts.push(kept, padding);
    end += kept.length + padding.length;
  }
  return Buffer.concat(parts);
}

function nameless(post: Buffer): Buffer {
  const kept = Buffer.from(post.subarray(0, POST_BYTES));
  kept.writeUInt32BE(POST_NAMELESS, 0);
  return kept;
}
