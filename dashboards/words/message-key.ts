import { en } from "../catalogue/en.ts";
import type { MessageKey } from "../translate.ts";

/** A key made from a code, where there are words for it; null where there are none. */
export function messageKey(key: string): MessageKey | null {
  // The cast is sound: own keys of `en` are the keys of every catalogue.
  return Object.hasOwn(en, key) ? (key as MessageKey) : null;
}
