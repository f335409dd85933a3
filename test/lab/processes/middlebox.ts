import { fileURLToPath } from "node:url";
import type { Box } from "../middlebox/orders.ts";
import type { InForce } from "../net/firewall.ts";
import { order } from "./server-process.ts";
import type { Start } from "./start.ts";
import { startTalker } from "./talker.ts";

const MAIN = fileURLToPath(new URL("../middlebox/main.js", import.meta.url));

/** The filter's process in a router. */
export type Middlebox = {
  /** These boxes stand, and no others, until removed. */
  set: (boxes: readonly Box[]) => Promise<InForce>;
  stop: () => Promise<void>;
};

/** Starts the filter of one namespace; it filters nothing yet. */
export function startMiddlebox(start: Omit<Start, "command" | "output">): Middlebox {
  const talker = startTalker(start, MAIN);
  const give = (boxes: readonly Box[]) => order(talker, start.name, { boxes });
  return {
    set: async (boxes) => {
      await give(boxes);
      return { remove: () => give([]) };
    },
    stop: talker.stop,
  };
}
