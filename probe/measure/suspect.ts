import { LIMITS } from "../../protocol/limits.ts";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { HostFacts } from "./host-facts.ts";
import type { StepLists } from "./measurement.ts";

/** What suspects are found in. */
export type Scene = {
  /** Name of the site measured. */
  hostName: string;
  steps: Readonly<StepLists>;
  facts: HostFacts;
  /** Addresses of this host that connections really left from. */
  leftFrom: ReadonlySet<string>;
  /** Whether an address is private, and not one that a laboratory allows. */
  isBogon: (ip: string) => boolean;
};

/** One suspect, its sentence cautious and in our own words: no name, address or interface of the volunteer's. */
export function suspect(kind: LocalSuspect["kind"], says: string): LocalSuspect {
  return { kind, says: says.slice(0, LIMITS.text).toWellFormed() };
}
