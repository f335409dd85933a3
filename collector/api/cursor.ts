import { z } from "zod";

/**
 * Where a listing goes on, and the state of knowledge that its first page was made from: as of that moment, up to the
 * entry with that number. Opaque to readers.
 */
export type PageCursor = {
  readonly at: number;
  readonly id: number | string;
  readonly asOf: number;
  readonly upTo: number;
};

const VERSION = 1;
const whole = z.int().min(0);
const Packed = z.tuple([z.literal(VERSION), whole, z.union([whole, z.string().max(128)]), whole, whole]);

/** Packs a cursor for an address. */
export function packCursor({ at, id, asOf, upTo }: PageCursor): string {
  return Buffer.from(JSON.stringify([VERSION, at, id, asOf, upTo])).toString("base64url");
}

/** The parameter `cursor`, read. */
export const CursorText = z
  .string()
  .max(512)
  .transform((text, context): PageCursor => {
    const packed = Packed.safeParse(jsonOf(Buffer.from(text, "base64url").toString()));
    if (!packed.success) {
      context.addIssue({ code: "custom", message: "expected the cursor of an earlier answer" });
      return z.NEVER;
    }
    const [, at, id, asOf, upTo] = packed.data;
    return { at, id, asOf, upTo };
  });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
