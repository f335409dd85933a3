/** Addresses that a mirror takes along, the most needed first; those of the later kinds are left out when room ends. */
export type Rank = 0 | 1 | 2 | 3 | 4;
export const RANKS: readonly Rank[] = [0, 1, 2, 3, 4];

const LISTS = /^(?:page|category|changed|sort|diff|quarter|lang)$/;
const PLAIN = /^\/(?:(?:kk|ru|en)(?:\/(?!embed\/).*)?|i\/.*|assets\/.*|verify-offline\.html|openapi\.json|feeds\/.*)?$/;
const SHOWN = /^\/(?:chart|card)\//;
const FRAME = /^\/(?:kk|ru|en)\/embed\//;
const DATA = /^\/(?:api\/v1|drafts|bundles)\//;
const INCIDENT = /^\/(?:kk|ru|en)\/(?:i\/|embed\/i\/)/;

/** How much an address is needed that a page at `from` names; null: its view is one of endlessly many, and left out. */
export function rankOf(address: string, from: string): Rank | null {
  const { pathname, searchParams } = new URL(address, "http://mirror");
  const names = [...searchParams.keys()];
  if (searchParams.get("lite") !== null || pathname.startsWith("/api/v1/live")) return null;
  if (names.length === 0 && PLAIN.test(pathname)) return 0;
  const plain = names.every((name) => name === "lang");
  if (plain && (SHOWN.test(pathname) || FRAME.test(pathname))) return 1;
  if (PLAIN.test(pathname) && names.every((name) => LISTS.test(name))) return 2;
  if (/^\/(?:kk|ru|en)\/i\//.test(pathname) && names.every((name) => name === "as_of")) return 2;
  if (DATA.test(pathname)) return 3;
  if (INCIDENT.test(from) && /^\/(?:kk|ru|en)\/timeline$/.test(pathname)) return 4;
  return SHOWN.test(pathname) || FRAME.test(pathname) ? 4 : null;
}
