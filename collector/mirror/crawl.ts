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

export type CrawlParts = {
  readonly seeds: readonly string[];
  /** Asks the site for an address. */
  readonly ask: (address: string) => Promise<Answer>;
  /** Keeps what was answered. */
  readonly keep: (address: string, answer: Found) => Promise<void>;
  readonly site: string;
  readonly bounds: Bounds;
  /** What was put into the mirror before. */
  readonly used: { readonly files: number; readonly bytes: number };
  readonly signal: AbortSignal;
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

/** Follows links from the seeds, the most needed first, until all is there or there is no more room. */
export async function crawl(parts: CrawlParts): Promise<Crawled> {
  const { bounds, signal, ownAddress, site } = parts;
  const waiting = new Map<Rank, string[]>(RANKS.map((rank) => [rank, rank === 0 ? [...parts.seeds] : []]));
  const seen = new Set(parts.seeds);
  const moved = new Map<string, string>();
  let { files, bytes } = parts.used;
  let [noRoom, tooLarge] = [0, 0];
  const name = (link: string, from: string) => {
    const address = ownAddress(link);
    const rank = seen.has(address) ? null : rankOf(address, from);
    if (rank === null) return;
    seen.add(address);
    waiting.get(rank)?.push(address);
  };
  const take = async (address: string, answer: Found) => {
    const size = answer.is === "kept" ? answer.bytes : answer.body.length;
    if (answer.is === "body" && size > bounds.answerBytes) tooLarge += 1;
    else if (bytes + size > bounds.bytes) noRoom += 1;
    else {
      [files, bytes] = [files + 1, bytes + size];
      await parts.keep(address, answer);
      for (const link of linksOf(answer, site)) name(link, address);
    }
  };
  for (let address = next(waiting); address !== undefined; address = next(waiting)) {
    signal.throwIfAborted();
    const answer: Answer =
      files >= bounds.files || bytes >= bounds.bytes ? { is: "no-room" } : await parts.ask(address);
    if (answer.is === "no-room") noRoom += 1;
    else if (answer.is === "large") tooLarge += 1;
    else if (answer.is === "moved") {
      moved.set(address, ownAddress(answer.to));
      name(answer.to, address);
    } else if (answer.is !== "none") await take(address, answer);
  }
  return { moved, noRoom, tooLarge };
}

function linksOf(answer: Found, site: string): string[] {
  const isPage = answer.is === "body" && answer.type.startsWith("text/html");
  return isPage ? addressesIn(new TextDecoder().decode(answer.body), site) : [];
}

function next(waiting: ReadonlyMap<Rank, string[]>): string | undefined {
  for (const list of waiting.values()) {
    const address = list.shift();
    if (address !== undefined) return address;
  }
  return undefined;
}
