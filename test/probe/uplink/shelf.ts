import { gunzipSync } from "node:zlib";
import { CHAIN_START, type ChainHead } from "../../../protocol/chain.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { verifyText } from "../../../protocol/signature.ts";
import { Batch, type CollectorFrame } from "../../../protocol/wire.ts";

/** Where a collector double stores entries: strict about signature, order and chain. */
export type Shelf = { stored: string[]; head: () => ChainHead; take: (packed: Buffer) => CollectorFrame };

export function createShelf(publicKey: string, stored: string[]): Shelf {
  const head = (): ChainHead => {
    const last = stored.at(-1);
    return last === undefined ? CHAIN_START : { seq: stored.length, hash: sha256Hex(last) };
  };
  const refuse = (code: string): CollectorFrame => ({ t: "refuse", code, says: code, retryAfterS: null });
  /** Stores one entry; the refusal code when it cannot. */
  const put = (text: string): string | null => {
    const { seq, prev } = JSON.parse(text) as { seq: number; prev: string };
    if (seq <= stored.length) return stored[seq - 1] === text ? null : "fork";
    if (seq !== stored.length + 1 || prev !== head().hash) return "gap";
    stored.push(text);
    return null;
  };
  return {
    stored,
    head,
    take: (packed) => {
      const parsed = parseJson(Batch, gunzipSync(packed).toString("utf8"));
      if (!parsed.ok) return refuse("bad_message");
      const { entries, signature } = parsed.value;
      if (!verifyText(publicKey, "journal", sha256Hex(entries.at(-1) ?? ""), signature)) return refuse("bad_signature");
      for (const text of entries) {
        const code = put(text);
        if (code !== null) return refuse(code);
      }
      return { t: "ack", seq: head().seq, at: new Date().toISOString() };
    },
  };
}
