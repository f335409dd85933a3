import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store } from "../store/store.ts";
import type { Chapter, Story } from "./plan.ts";

const PAGE = 200;
const VERSIONS_MAX = 2000;
const INCIDENTS_MAX = 10_000;
type Known = NonNullable<Awaited<ReturnType<Store["admin"]["alerts"]["known"]>>>;
const NUMBER = /^KZ-\d{4}-\d{4,6}$/;

/**
 * Incidents about which something may have to be told: those with a version since `since`, those whose start was told
 * and no end, and, if `observed` ones are wanted, those of the analysis that have no number.
 */
export async function storiesSince(store: Store, since: EpochMs, observed: boolean): Promise<Story[]> {
  const unended = await store.admin.alerts.unended();
  const numbers = new Set(await recentNumbers(store, since));
  const ids: string[] = [];
  for (const key of unended) {
    const number = NUMBER.test(key) ? key : await store.publications.numberOf(key);
    if (number === null) ids.push(key);
    else numbers.add(number);
  }
  const numbered = await Promise.all([...numbers].map((number) => numberedStory(store, number)));
  const others = observed || ids.length > 0 ? await unnumberedStories(store, since, ids) : [];
  return [...numbered.filter((story) => story !== null), ...others];
}

async function recentNumbers({ publications }: Store, since: EpochMs): Promise<string[]> {
  const numbers: string[] = [];
  let before: number | null = null;
  while (numbers.length < VERSIONS_MAX) {
    const page: { id: number; version: PublishedVersion }[] = await publications.recent({ before, limit: PAGE });
    const fresh = page.filter(({ version }) => Date.parse(version.publishedAt) >= since);
    numbers.push(...fresh.map(({ version }) => version.number));
    before = page.at(-1)?.id ?? null;
    if (fresh.length < PAGE) break;
  }
  return numbers;
}

async function numberedStory({ publications, admin }: Store, number: string): Promise<Story | null> {
  const versions = (await publications.versions(number)).reverse();
  const [first, ...rest] = versions.map(
    (version): Chapter => ({ incident: version.incident, at: Date.parse(version.publishedAt), version }),
  );
  if (first === undefined) return null;
  const members = (await publications.members(number)).map(({ id }) => id);
  const aliases = [...new Set([...members, ...versions.map(({ incident }) => incident.id)])];
  const known = (await Promise.all(aliases.map((id) => admin.alerts.known(id)))).filter((one) => one !== null);
  const firstStored = Math.min(first.at, ...known.map((one) => one.firstStored));
  return { key: number, aliases, chapters: [first, ...rest], firstStored, gone: !known.some(({ current }) => current) };
}

/** Incidents of the analysis without a number: those of late, and what became of those in `ids`. */
async function unnumberedStories(store: Store, since: EpochMs, ids: readonly string[]): Promise<Story[]> {
  const window = { from: since, to: Number.MAX_SAFE_INTEGER, asOf: null, openOnly: false, limit: INCIDENTS_MAX };
  const recent = (await store.incidents.list(window)).map(({ id }) => id);
  const held = new Set(await store.publications.holds());
  const stories: Story[] = [];
  for (const id of new Set([...recent, ...ids])) {
    if (held.has(id) || (await store.publications.numberOf(id)) !== null) continue;
    const known = await store.admin.alerts.known(id);
    if (known !== null) stories.push(unnumberedStory(known));
  }
  return stories;
}

function unnumberedStory({ incident, firstStored, current }: Known): Story {
  const at = incident.end === null ? firstStored : Math.max(firstStored, Date.parse(incident.end.latest));
  return { key: incident.id, aliases: [], chapters: [{ incident, at, version: null }], firstStored, gone: !current };
}
