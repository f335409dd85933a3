import { loadBlockPages } from "../../targets/load.ts";
import type { Manner } from "../measurer/messages.ts";
import type { RunSettings } from "./settings.ts";

/** How all is measured, of this process's settings and the block pages beside it. Throws `bad_input` for a damaged list. */
export function mannerOf(settings: RunSettings): Manner {
  const { publicResolvers, doh, ca, allowPrivate, controlSni, targetsDir } = settings;
  return { publicResolvers, doh, ca, allowPrivate, controlSni, blockPages: loadBlockPages(targetsDir) };
}
