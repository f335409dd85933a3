import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Logger } from "pino";
import { z } from "zod";
import { parseJson } from "../../protocol/parse.ts";
import { Hex32 } from "../../protocol/primitives.ts";
import type { PublishedVersion, VersionId } from "../../protocol/publication.ts";

const Made = z.object({ sha256: Hex32, bytes: z.int().min(0) });
/** A bundle that is there. */
export type MadeBundle = z.infer<typeof Made> & { readonly name: string; readonly path: string };

/** Makes the bundle of a version as a file in `folder`, and tells its path. */
export type MakeBundleFile = (version: PublishedVersion, folder: string, signal: AbortSignal) => Promise<string>;

export type BundleShelf = {
  /** The bundle of a version, if it was made. */
  find: (version: Pick<PublishedVersion, "number" | "version">) => MadeBundle | null;
  /** Has it made, soon. False when too many wait, or there is no room for more. */
  order: (version: PublishedVersion) => boolean;
  /** Resolves when all that was ordered is done. */
  idle: () => Promise<void>;
  /** Gives up what is being made. */
  close: () => Promise<void>;
};

const WAITING_MAX = 8;
/** Bundles are kept for ever, since their hashes are cited; beyond this none is added. */
const ROOM_BYTES = 8 * 1024 ** 3;

/** Name of the bundle of a version, which is that of the version. */
export function bundleName({
  number,
  version,
}: Pick<PublishedVersion, "number" | "version">): z.infer<typeof VersionId> {
  return `${number}-v${version}`;
}

/** A shelf in a folder (made when it is first needed). A bundle appears on it only when it is whole. */
export function createShelf(parts: {
  readonly folder: string;
  readonly make: MakeBundleFile;
  readonly log: Logger;
  readonly roomBytes?: number;
}): BundleShelf {
  const { folder, make, log, roomBytes = ROOM_BYTES } = parts;
  const stop = new AbortController();
  const ordered = new Set<string>();
  let last: Promise<void> = Promise.resolve();
  const find: BundleShelf["find"] = (version) => {
    const name = bundleName(version);
    const path = join(folder, `${name}.zip`);
    const label = join(folder, `${name}.json`);
    if (!existsSync(label) || !existsSync(path)) return null;
    const told = parseJson(Made, readFileSync(label, "utf8"));
    return told.ok ? { ...told.value, name, path } : null;
  };
  async function makeOne(version: PublishedVersion): Promise<void> {
    const name = bundleName(version);
    const place = join(folder, ".making");
    try {
      await rm(place, { recursive: true, force: true });
      mkdirSync(place, { recursive: true });
      const made = await make(version, place, stop.signal);
      const told = { sha256: await hashOf(made), bytes: statSync(made).size };
      await rename(made, join(folder, `${name}.zip`));
      const label = join(place, "label.json");
      await writeFile(label, JSON.stringify(told));
      await rename(label, join(folder, `${name}.json`));
      log.info({ bundle: name, ...told }, "a bundle was made");
    } catch (error) {
      if (!stop.signal.aborted) log.error({ err: error, bundle: name }, "a bundle could not be made");
    } finally {
      await rm(place, { recursive: true, force: true }).catch(() => undefined);
      ordered.delete(name);
    }
  }
  return {
    find,
    order: (version) => {
      const name = bundleName(version);
      if (ordered.has(name) || find(version) !== null) return true;
      if (ordered.size >= WAITING_MAX || stop.signal.aborted || usedBytes(folder) >= roomBytes) return false;
      ordered.add(name);
      last = last.then(() => (stop.signal.aborted ? undefined : makeOne(version)));
      return true;
    },
    idle: () => last,
    close: async () => {
      stop.abort();
      await last;
    },
  };
}

function usedBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile())
    .reduce((sum, { name }) => sum + statSync(join(folder, name)).size, 0);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
