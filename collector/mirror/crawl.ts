import { LANGUAGES } from "../api/language.ts";
import { RANKS, type Rank, rankOf } from "./choice.ts";
import { addressesIn } from "./rewrite.ts";

/**
 * What the site answered: a body (`same` tells it apart from others that differ in more than the moment), what the earlier
 * mirror already holds, another address, or nothing that a mirror can hold.
 */
export type Answer =
  | { readonly is: "body"; readonly type: string; readonly body: Uint8Array; readonly same: string }
  | { readonly is: "kept"; readonly type: string; readonly bytes: number }
  | { readonly is: "moved"; readonly to: string }
  | { readonly is: "large" }
  | { readonly is: "no-room" }
  | { readonly is: "none" };
export type Found = Extract<Answer, { type: string }>;

export type Bounds = {
  readonly files: number;
  readonly bytes: number;
  /** Of one answer; larger ones are left out. */
  readonly answerBytes: number;
};

export type Progress = { readonly files: number; readonly bytes: number; readonly waiting: number };

export type CrawlParts = {
  readonly seeds: readonly string[];
  /** Asks the site for an address. */
  readonly ask: (address: string) => Promise<Answer>;
  /** Keeps what was answered. */
  readonly keep: (address: string, answer: Found) => Promise<void>;
  readonly site: string;
  /** Whether cards for messengers are taken along: a page names them only where its own whole address is known. */
  readonly cards: boolean;
  readonly bounds: Bounds;
  /** What was put into the mirror before. */
  readonly used: { readonly files: number; readonly bytes: number };
  readonly signal: AbortSignal;
  /** Told after each step: files and bytes that are there, and addresses that wait. */
  readonly onProgress?: ((now: Progress) => void) | undefined;
  /** The address under which a view is kept that several name. */
  readonly ownAddress: (address: string) => string;
};

export type Crawled = {
  /** Where an address led. */
  readonly moved: ReadonlyMap<string, string>;
  /** Addresses that were left out, since there was no more room. */
  readonly noRoom: number;
  readonly tooLarge: number;
};

/** Addresses asked for at once: while a picture is drawn outside the main thread, pages are made in it. */
const AT_ONCE = 4;

/**
 * Follows links from the seeds, the most needed first, until all is there or there is no more room. What is kept depends
 * on the order of the links alone, never on which answer came first.
 */
export async function crawl(parts: CrawlParts): Promise<Crawled> {
  const { bounds, signal, ownAddress, onProgress } = parts;
  const waiting = new Map<Rank, string[]>(RANKS.map((rank) => [rank, rank === 0 ? [...parts.seeds] : []]));
  const seen = new Set(parts.seeds);
  const moved = new Map<string, string>();
  let { files, bytes } = parts.used;
  let [noRoom, tooLarge] = [0, 0];
  const add = (address: string, from: string) => {
    const rank = seen.has(address) ? null : rankOf(address, from);
    if (rank === null) return;
    seen.add(address);
    waiting.get(rank)?.push(address);
  };
  // A page in three languages rests on the same rows: asked for one after another, they are read once.
  const name = (link: string, from: string) => {
    for (const address of inEachLanguage(ownAddress(link))) add(address, from);
  };
  const take = async (address: string, answer: Found) => {
    const size = answer.is === "kept" ? answer.bytes : answer.body.length;
    if (answer.is === "body" && size > bounds.answerBytes) tooLarge += 1;
    else if (files >= bounds.files || bytes + size > bounds.bytes) noRoom += 1;
    else {
      [files, bytes] = [files + 1, bytes + size];
      await parts.keep(address, answer);
      for (const link of linksOf(answer, parts)) name(link, address);
    }
  };
  const receive = async (address: string, answer: Answer) => {
    if (answer.is === "no-room") noRoom += 1;
    else if (answer.is === "large") tooLarge += 1;
    else if (answer.is === "moved") {
      moved.set(address, ownAddress(answer.to));
      name(answer.to, address);
    } else if (answer.is !== "none") await take(address, answer);
  };
  const ask = (address: string): Promise<Answer> | Answer =>
    files >= bounds.files || bytes >= bounds.bytes ? { is: "no-room" } : parts.ask(address);
  for (let batch = next(waiting); batch.length > 0; batch = next(waiting)) {
    signal.throwIfAborted();
    const answers = await Promise.all(batch.map(async (address) => [address, await ask(address)] as const));
    for (const [address, answer] of answers) await receive(address, answer);
    onProgress?.({ files, bytes, waiting: countOf(waiting) });
  }
  return { moved, noRoom, tooLarge };
}

function linksOf(answer: Found, { site, cards }: Pick<CrawlParts, "site" | "cards">): string[] {
  const isPage = answer.is === "body" && answer.type.startsWith("text/html");
  return isPage ? addressesIn(new TextDecoder().decode(answer.body), site, cards) : [];
}

/** A page's address in every language; what is in no language alone is itself. */
function inEachLanguage(address: string): readonly string[] {
  const [, language, rest = ""] = /^\/(kk|ru|en)(\/.*|\?.*|)$/.exec(address) ?? [];
  return language === undefined ? [address] : LANGUAGES.map((one) => `/${one}${rest}`);
}

/** The next addresses, all of one rank: a later one may turn out to be needed more. */
function next(waiting: ReadonlyMap<Rank, string[]>): string[] {
  for (const list of waiting.values()) if (list.length > 0) return list.splice(0, AT_ONCE);
  return [];
}

function countOf(waiting: ReadonlyMap<Rank, string[]>): number {
  return [...waiting.values()].reduce((sum, list) => sum + list.length, 0);
}
