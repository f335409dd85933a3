import { z } from "zod";
import { check } from "../../protocol/parse.ts";
import type { Word } from "./messages.ts";

const Id = z.int().min(1);
/** What the measuring process may say. The body is checked against the record's own schema by who waits for it. */
const AnyWord = z.discriminatedUnion("t", [
  z.object({ t: z.literal("ask"), id: Id }),
  z.object({ t: z.literal("done"), id: Id, body: z.unknown() }),
  z.object({ t: z.literal("fault"), id: Id, text: z.string() }),
]);

/** A message of the measuring process; null where it is none. */
export function readWord(message: unknown): Word | null {
  const word = check(AnyWord, message);
  return word.ok ? word.value : null;
}
