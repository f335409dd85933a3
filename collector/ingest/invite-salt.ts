import { randomBytes } from "node:crypto";
import type { Store } from "../store/store.ts";

/** Salt of this store's invitation codes, made once. */
export function inviteSalt(store: Pick<Store, "state">): Promise<string> {
  return store.state.once("invite-salt", () => randomBytes(16).toString("hex"));
}
