import type { Store } from "../store/store.ts";

/** Tables whose answers pages ask for again and again, and what of them only reads. */
const READS = {
  probes: ["all", "totals"],
  entries: ["measurements", "measurement", "latestLink", "lastId"],
  presence: ["within"],
  verdicts: ["list", "latest", "of", "lastChange"],
  incidents: ["list", "byId", "lastChange"],
  publications: ["heads", "standing", "newest", "versions", "versionText", "numberOf", "members", "recent"],
  legal: ["all"],
  registry: ["newest", "list"],
  statements: ["all"],
  events: ["within", "byId"],
  reports: ["all"],
  gaps: ["within"],
  rollups: ["presence", "verdicts", "knownUntil"],
} as const satisfies { readonly [K in keyof Store]?: readonly string[] };

/** Answers that are held at once, the latest used: those of one page in three languages, and those of every page. */
const KEPT_MAX = 96;

/**
 * A store that is only read, and answers the same question once: pages of one moment in three languages rest on the same
 * rows, and so do a page, its pictures and its tables. What was asked longest ago is forgotten first, and at once what could
 * not be answered.
 */
export function rememberingStore(store: Store, keptMax = KEPT_MAX): Store {
  const kept = new Map<string, unknown>();
  const askNow = (key: string, ask: () => unknown): unknown => {
    const answer = ask();
    if (answer instanceof Promise) answer.catch(() => kept.get(key) === answer && kept.delete(key));
    return answer;
  };
  const remember = (key: string, ask: () => unknown): unknown => {
    const known = kept.get(key) ?? askNow(key, ask);
    kept.delete(key);
    kept.set(key, known);
    const [oldest] = kept.keys();
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
    return known;
  };
  const tables = Object.entries(READS).map(([name, reads]) => [name, tableOf(store, name, reads, remember)]);
  return { ...store, ...Object.fromEntries(tables) };
}

type Remember = (key: string, ask: () => unknown) => unknown;

function tableOf(store: Store, name: string, reads: readonly string[], remember: Remember): object {
  const table: unknown = Object.entries(store).find(([key]) => key === name)?.[1];
  if (typeof table !== "object" || table === null) return {};
  const entries = Object.entries(table).map(([method, act]) => {
    if (!reads.includes(method) || typeof act !== "function") return [method, act];
    return [
      method,
      (...words: unknown[]) => remember(`${name}.${method} ${JSON.stringify(words)}`, () => act(...words)),
    ];
  });
  return Object.fromEntries(entries);
}
