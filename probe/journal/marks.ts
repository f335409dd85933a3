import type { Logger } from "pino";
import { errorCode } from "../../protocol/coded-error.ts";
import { removeFile, writeText } from "../data-folder.ts";

/** Says beside the journal's file whether its WAL belongs to it, so that one that is gone is missed. Never throws for a full disk. */
export function markRecorded(folder: string, state: "open" | "closed", log: Logger): void {
  try {
    writeText(folder, "recorded", state);
  } catch (error) {
    // A full disk: no word is better than a wrong one.
    removeFile(folder, "recorded");
    log.warn({ code: errorCode(error) }, "the state of the journal could not be noted");
  }
}

/** Leaves word that the journal is to be set aside: the running probe sees it within a second, else its next start does. */
export function askForRecovery(folder: string, why: "damaged" | "fork"): void {
  try {
    writeText(folder, "recover", why);
  } catch {
    // No room for the word: what is wrong will be found again, at the next start at the latest.
  }
}
