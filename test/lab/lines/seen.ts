import { existsSync } from "node:fs";
import { z } from "zod";
import { pathOf } from "../../../probe/data-folder.ts";
import { openForReading } from "../../../probe/journal/database.ts";
import { prepareRows } from "../../../probe/journal/rows.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { StartBody } from "../../../protocol/records/life.ts";
import { LinkBody } from "../../../protocol/records/link.ts";

const Edge = z.object({ of: z.string(), after: z.string(), before: z.string() });

/** A `link` body with what newer probes may say besides: the condition in one word, edges, the carrier. */
const LinkSeen = LinkBody.extend({
  condition: z.string().optional(),
  carrier: z.boolean().nullable().optional(),
  edges: z.array(Edge).optional(),
});
export type LinkSeen = z.infer<typeof LinkSeen>;

const Head = { boot: z.string(), at: z.string() };
const Seen = z.discriminatedUnion("kind", [
  z.object({ ...Head, kind: z.literal("link"), body: LinkSeen }),
  z.object({ ...Head, kind: z.literal("start"), body: StartBody }),
]);
/** An entry of a journal that tells of the line or of a start. */
export type Seen = z.infer<typeof Seen>;

/**
 * Reads what a probe's journal says of its line and its starts, in order; nothing while there is no journal yet. Throws
 * `failed` when an entry cannot be read, `io` for the file.
 */
export function readSeen(folder: string): Seen[] {
  const database = existsSync(pathOf(folder, "journal")) ? openForReading(folder) : null;
  if (database === null) return [];
  try {
    const all = [...prepareRows(database).after(0, Number.MAX_SAFE_INTEGER)];
    const found = all.filter(({ kind }) => kind === "link" || kind === "start");
    return found.map(({ text }) => {
      const entry = parseJson(Seen, text);
      if (entry.ok) return entry.value;
      throw new CodedError("failed", `An entry cannot be read (${folder}): ${entry.problems.join("; ")}`);
    });
  } finally {
    database.close();
  }
}
