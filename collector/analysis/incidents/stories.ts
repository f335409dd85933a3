import type { Settings } from "../settings.ts";
import type { EpochMs } from "../types.ts";

/** Where an incident happens: one target on one network. */
export type Place = { target: string; asn: number | null };

/** Which incidents tell one story: a target blocked again, blocked after it was slowed, or many targets at once. */
export type Stories = {
  /** The story that an incident goes on with: the id of its first incident; null when it is the first. */
  join: (id: string, place: Place, start: EpochMs, togetherMs: number) => string | null;
  /** A target was still so, or it was over, at a moment. */
  last: (place: Place, at: EpochMs) => void;
};

/** Starts on one network remembered for stories that begin together. */
const STARTS_KEPT = 64;

/** No stories yet. Bounded by the number of targets and networks. */
export function createStories(settings: Settings): Stories {
  const stories = new Map<string, { episode: string; until: EpochMs }>();
  const starts = new Map<number | null, { at: EpochMs; episode: string }[]>();
  return {
    join: (id, place, start, togetherMs) => {
      const key = keyOf(place);
      const ofNetwork = starts.get(place.asn) ?? [];
      starts.set(place.asn, ofNetwork);
      const before = stories.get(key);
      const again = before !== undefined && start - before.until <= settings.episodeMs ? before.episode : undefined;
      const beside = ofNetwork.find(({ at }) => Math.abs(at - start) <= togetherMs)?.episode;
      const episode = again ?? beside ?? id;
      stories.set(key, { episode, until: Math.max(start, before?.until ?? start) });
      ofNetwork.push({ at: start, episode });
      if (ofNetwork.length > STARTS_KEPT) ofNetwork.shift();
      return episode === id ? null : episode;
    },
    last: (place, at) => {
      const story = stories.get(keyOf(place));
      if (story !== undefined) story.until = Math.max(story.until, at);
    },
  };
}

function keyOf({ target, asn }: Place): string {
  return `${target}|${asn ?? "?"}`;
}
