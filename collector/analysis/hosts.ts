import type { ProbeInfo } from "../../protocol/archive.ts";

/**
 * Keys and the hosts behind them. A host that lost its journal goes on under a new key that its old one names; to the
 * detectors it is one witness under the id of its first key, with one history. Verdicts keep the key that signed.
 */
export type Hosts = {
  /** Takes what is told of a key. Gives the host as detectors know it; null where another key has taken its place. */
  tell: (info: ProbeInfo) => ProbeInfo | null;
  /** The host behind a key, present or former; undefined for one that nobody told of. */
  of: (key: string) => ProbeInfo | undefined;
  /** Id of the host behind a key. */
  idOf: (key: string) => string;
  /** Whether a key is the one that its host uses now. */
  isCurrent: (key: string) => boolean;
};

/** Nobody known yet. Bounded by the number of keys that were told. */
export function createHosts(): Hosts {
  const firstKeys = new Map<string, string>();
  const currentKeys = new Map<string, string>();
  const infos = new Map<string, ProbeInfo>();
  const idOf = (key: string) => firstKeys.get(key) ?? key;
  const isCurrent = (key: string) => (currentKeys.get(idOf(key)) ?? key) === key;
  const succeed = (key: string, before: string) => {
    const host = idOf(before);
    // A key goes on for one other, once; a circle would have no first key.
    if (firstKeys.has(key) || host === key) return;
    firstKeys.set(key, host);
    currentKeys.set(host, key);
  };
  return {
    tell: (info) => {
      if (info.continues !== undefined) succeed(info.id, info.continues);
      if (!isCurrent(info.id)) return null;
      const host = idOf(info.id);
      const known = { ...info, id: host };
      infos.set(host, known);
      return known;
    },
    of: (key) => infos.get(idOf(key)),
    idOf,
    isCurrent,
  };
}
