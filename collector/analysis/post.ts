import type { ProbeInfo } from "../../protocol/archive.ts";
import type { CadenceCell, CadenceOwn } from "./detect/cadence.ts";
import type { Check, Line } from "./detect/control-checks.ts";
import type { Standing } from "./detect/trust.ts";
import type { Watched } from "./detect/watched-cells.ts";
import type { OwnPast } from "./line-past.ts";

/**
 * A target as one probe measures it: all that is looked up for a measurement, found once. A round is some ten thousand
 * measurements, and each place in memory that one visits costs more than what is done there.
 */
export type Post = {
  readonly probe: ProbeInfo;
  readonly target: string;
  readonly cadence: CadenceCell;
  readonly own: CadenceOwn;
  readonly past: OwnPast;
  readonly line: Line;
  readonly check: Check;
  readonly standing: Standing;
  /** The cell that its votes are for, once it has given one. */
  watched: Watched | null;
};

/** Gives the post of a probe and a target, making it when it is new. */
export type Posts = (probe: ProbeInfo, target: string) => Post;

/** Posts by probe and target; what is told of a probe anew begins a new list. */
export function createPosts(make: Posts): Posts {
  const known = new Map<string, { probe: ProbeInfo; posts: Map<string, Post> }>();
  return (probe, target) => {
    let own = known.get(probe.id);
    if (own === undefined || own.probe !== probe) {
      own = { probe, posts: new Map() };
      known.set(probe.id, own);
    }
    let post = own.posts.get(target);
    if (post === undefined) {
      post = make(probe, target);
      own.posts.set(target, post);
    }
    return post;
  };
}
