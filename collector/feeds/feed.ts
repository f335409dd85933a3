import type { PublishedVersion } from "../../protocol/publication.ts";
import type { Language, NameBook } from "../api/types.ts";
import type { MakeNotice } from "../notice.ts";
import { isOver } from "../publication/plan.ts";
import type { Store } from "../store/store.ts";
import type { Addresses } from "./addresses.ts";
import { pagePath, versionPath } from "./addresses.ts";
import { choiceText, type FeedChoice, isPicked } from "./choice.ts";

/** One published version in words. */
export type FeedEntry = {
  readonly version: PublishedVersion;
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** When what the entry says changed last: an earlier version is told anew once its number was withdrawn or merged. */
  readonly updated: string;
};

/** A feed, whatever format it is written in. `updated` moves with what is told alone, so that a feed can be cached. */
export type Feed = {
  readonly language: Language;
  readonly choice: FeedChoice;
  readonly title: string;
  readonly subtitle: string;
  /** Path with its query, without the ending of the format. */
  readonly pathOf: (format: string) => string;
  readonly updated: string;
  readonly entries: readonly FeedEntry[];
};

/** Words of a feed itself, in a language. */
export type FeedWords = (language: Language, picked: string) => { title: string; subtitle: string };

export type FeedParts = {
  readonly store: Pick<Store, "publications">;
  readonly names: NameBook;
  readonly notice: MakeNotice;
  /** Fewest probes that are counted in public. */
  readonly enoughProbes: number;
  readonly words: FeedWords;
  readonly addresses: Addresses;
};

const ENTRIES = 50;
const PAGE = 200;
/** Versions that are looked at for the entries of a feed that picks few. */
const LOOKED_AT = 5000;
const NOTHING_YET = "1970-01-01T00:00:00.000Z";

/** The feed of a choice: the latest published versions that are picked, latest first. */
export async function makeFeed(parts: FeedParts, choice: FeedChoice): Promise<Feed> {
  const language = choice.lang ?? "en";
  const found: PublishedVersion[] = [];
  /** The newest version of each number that was passed. */
  const newest = new Map<string, PublishedVersion>();
  let before: number | null = null;
  for (let looked = 0; looked < LOOKED_AT && found.length < ENTRIES; looked += PAGE) {
    const page: { id: number; version: PublishedVersion }[] = await parts.store.publications.recent({
      before,
      limit: PAGE,
    });
    for (const { version } of page) if (!newest.has(version.number)) newest.set(version.number, version);
    found.push(...page.map(({ version }) => version).filter(({ incident }) => isPicked(incident, choice)));
    before = page.at(-1)?.id ?? null;
    if (page.length < PAGE) break;
  }
  const versions = found.slice(0, ENTRIES);
  const { title, subtitle } = parts.words(language, pickedText(parts.names, choice, language));
  return {
    ...{ language, choice, title, subtitle },
    pathOf: (format) => `/feeds/incidents.${format}${choiceText(choice)}`,
    updated: versions[0]?.publishedAt ?? NOTHING_YET,
    entries: versions.map((version) => entryOf(parts, version, language, newest.get(version.number))),
  };
}

/**
 * A version as an entry of a feed. Readers show entries by their titles alone: what `newest` withdrew or merged is told so
 * in the earlier ones too.
 */
export function entryOf(
  { names, notice, addresses, enoughProbes }: Pick<FeedParts, "names" | "notice" | "addresses" | "enoughProbes">,
  version: PublishedVersion,
  language: Language,
  newest: PublishedVersion = version,
): FeedEntry {
  const path = versionPath(version);
  const over = newest.version > version.version && isOver(newest) ? newest : null;
  const words = notice({ incident: version.incident, version, over, phase: "version", enoughProbes }, names, language);
  const updated = (over ?? version).publishedAt;
  return { version, id: addresses.idOf(path), href: addresses.hrefOf(pagePath(language, path)), ...words, updated };
}

/** What was picked, by the names that readers know. */
function pickedText({ regions, networks }: NameBook, choice: FeedChoice, language: Language): string {
  const { region, asn, target, kind, confidence } = choice;
  const place = region === undefined ? undefined : (regions[region]?.[language] ?? region);
  const network = asn === undefined ? undefined : (networks[String(asn)] ?? `AS${asn}`);
  return [place, network, target, kind, confidence].filter((part) => part !== undefined).join(", ");
}
