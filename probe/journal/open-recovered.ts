import type { Identity } from "../identity/identity.ts";
import { Journal } from "./journal.ts";
import { takeLock } from "./lock.ts";
import type { JournalOptions } from "./options.ts";
import { recoverJournal } from "./recover.ts";

/**
 * Opens the journal to write, after setting aside one that cannot be gone on with; `identity` is then a new key. Throws
 * `try_later` (another probe runs), `cannot_write`, `io`, `config`.
 */
export function openRecovered(
  options: Omit<JournalOptions, "probe">,
  before: Identity,
): { journal: Journal; identity: Identity } {
  const lock = options.lock ?? takeLock(options.folder);
  let identity: Identity;
  try {
    identity = recoverJournal(options.folder, before, options.log);
  } catch (error) {
    lock.close();
    throw error;
  }
  return { identity, journal: new Journal({ ...options, lock, probe: identity.probe }) };
}
