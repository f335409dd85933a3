import { base64Of, bytesOfBase64 } from "./bytes.ts";
import { type Hash, isHash } from "./merkle.ts";

/** That one entry stands in a log, to be checked offline (C2SP tlog-proof). */
export type TlogProof = {
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed head as a note, with the lines of its witnesses. */
  readonly checkpoint: string;
};

const HEADER = "c2sp.org/tlog-proof@v1";
const PATH_MAX = 63;
const CHARACTERS_MAX = 256 * 1024;

/** The text of a proof; such files end in `.tlog-proof`. */
export function tlogProofText({ index, path, checkpoint }: TlogProof): string {
  return [HEADER, `index ${index}`, ...path.map(base64Of), "", checkpoint].join("\n");
}

/** Whether a text begins as a proof does. */
export function isTlogProof(text: string): boolean {
  return text.startsWith(`${HEADER}\n`);
}

/** The proof in a text; null when it is none. `extra` data are allowed and, as nobody vouches for them, not read. */
export function readTlogProof(text: string): TlogProof | null {
  if (text.length > CHARACTERS_MAX || !isTlogProof(text)) return null;
  const cut = text.indexOf("\n\n");
  const lines = text.slice(HEADER.length + 1, cut).split("\n");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const [first = "", ...hashes] = lines;
  const [, digits] = /^index (0|[1-9]\d{0,15})$/.exec(first) ?? [];
  const path = hashes.map((line) => bytesOfBase64(line) ?? new Uint8Array());
  if (cut === -1 || digits === undefined || path.length > PATH_MAX || !path.every(isHash)) return null;
  return { index: Number(digits), path, checkpoint: text.slice(cut + 2) };
}
