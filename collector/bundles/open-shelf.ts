import { join } from "node:path";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { makeByProcess } from "./make-by-process.ts";
import { type BundleShelf, createShelf, type MakeBundleFile } from "./shelf.ts";

/** The shelf of a collector's bundles, in its data folder. */
export function openShelf(
  { data, targets }: Pick<Config, "data" | "targets">,
  log: Logger,
  make: MakeBundleFile = makeByProcess({ data, targets }),
): BundleShelf {
  return createShelf({ folder: join(data, "bundles"), make, log: log.child({ part: "bundles" }) });
}
