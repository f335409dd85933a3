import { z } from "zod";
import { Incident } from "../../protocol/incident.ts";
import { parseJson } from "../../protocol/parse.ts";
import { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { NameBook, Pages } from "../api/types.ts";
import type { Addresses } from "../feeds/addresses.ts";
import { pagePath, versionPath } from "../feeds/addresses.ts";
import { utc } from "../time.ts";
import type { Planned } from "./plan.ts";
import type { Subscription } from "./subscription.ts";

/** An alert as it waits in the outbox: words for people, and what programs get. */
const Message = z.object({
  title: z.string().max(1000),
  text: z.string().max(20_000),
  /** Page of the incident; null where the collector's own address is not told. */
  url: z.string().max(2048).nullable(),
  body: z.object({
    type: z.enum(["incident.started", "incident.ended", "test"]),
    madeAt: z.string(),
    title: z.string(),
    url: z.string().nullable(),
    /** As `/api/v1` gives them. */
    version: PublishedVersion.nullable(),
    incident: Incident.nullable(),
  }),
});
export type Message = z.infer<typeof Message>;

export type Words = Pick<Pages, "notice" | "testNotice"> & {
  readonly names: NameBook;
  readonly addresses: Addresses;
  /** Fewest probes that are counted in public, now. */
  readonly enoughProbes: () => number;
};

const SUBJECT_MAX = 200;

/** The message of an alert in the subscriber's language. */
export function messageOf(
  { chapter, story, phase }: Planned,
  { language }: Subscription,
  words: Words,
  at: EpochMs,
): Message {
  const { incident, version } = chapter;
  const { title, lines } = words.notice(
    { incident, version, phase, enoughProbes: words.enoughProbes() },
    words.names,
    language,
  );
  const path = pagePath(language, version === null ? `/i/${story.key}` : versionPath(version));
  const href = words.addresses.hrefOf(path);
  const url = href === path ? null : href;
  const type = phase === "start" ? ("incident.started" as const) : ("incident.ended" as const);
  return {
    title: unlinked(title, incident.targets).slice(0, SUBJECT_MAX),
    text: [...lines.map((line) => unlinked(line, incident.targets)), ...(url === null ? [] : ["", url])].join("\n"),
    url,
    body: { type, madeAt: utc(at), title, url, version, incident },
  };
}

/** A message that tries an address out. */
export function testMessage({ language }: Subscription, words: Pick<Words, "testNotice">, at: EpochMs): Message {
  const { title, lines } = words.testNotice(language);
  const body = { type: "test" as const, madeAt: utc(at), title, url: null, version: null, incident: null };
  return { title, text: lines.join("\n"), url: null, body };
}

/** The message of a stored text; null where it cannot be read. */
export function readMessage(text: string): Message | null {
  const parsed = parseJson(Message, text);
  return parsed.ok ? parsed.value : null;
}

/**
 * Sites named so that no program makes a link of them: opening a blocked site by a slip of the thumb would show the
 * reader's provider what they read.
 */
function unlinked(text: string, targets: readonly string[]): string {
  return targets.reduce((told, target) => told.replaceAll(target, target.replaceAll(".", "[.]")), text);
}
