import { CodedError } from "../../protocol/coded-error.ts";
import type { Selection } from "../../protocol/publication.ts";
import { factsOf, sharePicked } from "./combine.ts";
import { firstVersion, nextVersion, numberer } from "./draft.ts";
import { numbered, type ReviewContext, refuseOver, withFacts } from "./review-single.ts";
import type { Change, Member, PublicationState } from "./types.ts";

/** Merges one number into another, which tells both from now on; the first stays reachable and says where it went. */
export function merge(state: PublicationState, number: string, into: string, context: ReviewContext): Change[] {
  const [one, other] = [numbered(state, number), numbered(state, into)];
  if (one.number === other.number) throw new CodedError("bad_input", "An incident cannot be merged into itself.");
  refuseOver(one);
  refuseOver(other);
  const members = [...other.members, ...one.members];
  const ended = nextVersion(one.latest, one.latest.incident, { ...context, change: "merged", other: into });
  return [
    { what: "members", number, members: [] },
    { what: "members", number: into, members },
    { what: "version", version: ended },
    { what: "hold", subject: number, on: true },
    ...withFacts(state, { ...other, members }, { ...context, change: "review" }),
  ];
}

/**
 * Takes a part of an incident out into a number of its own. Both tell the witnesses and measurements of the whole: how
 * many of them saw which part is not kept.
 */
export function split(state: PublicationState, number: string, selection: Selection, context: ReviewContext): Change[] {
  const one = numbered(state, number);
  refuseOver(one);
  const shares = one.members.map((member) => ({ member, picked: sharePicked(member, selection, state) }));
  if (shares.every(({ picked }) => picked === "nothing"))
    throw new CodedError("bad_input", `Nothing of ${number} is in that selection.`);
  if (shares.every(({ picked }) => picked === "all"))
    throw new CodedError("bad_input", `All of ${number} is in that selection: there would be nothing left.`);
  const out = shares.flatMap(({ member, picked }) => (picked === "nothing" ? [] : [partOf(member, picked, selection)]));
  const left = shares.flatMap(({ member, picked }) => (picked === "all" ? [] : [restOf(member, picked, selection)]));
  const facts = factsOf(out, state);
  if (facts === null) throw new CodedError("bad_input", `The analysis holds nothing of ${number} any more.`);
  const next = numberer(state)(facts);
  return [
    { what: "number", number: next, members: out },
    { what: "version", version: firstVersion(next, facts, { ...context, change: "split", other: number }) },
    { what: "members", number, members: left },
    ...withFacts(state, { ...one, members: left }, { ...context, change: "review" }),
  ];
}

function partOf(member: Member, picked: "all" | "some", selection: Selection): Member {
  return picked === "all" ? member : { ...member, only: meet(member.only, selection) };
}

function restOf(member: Member, picked: "nothing" | "some", selection: Selection): Member {
  return picked === "nothing" ? member : { ...member, except: [...member.except, selection] };
}

/** What is in both selections. */
function meet(a: Selection | null, b: Selection): Selection {
  if (a === null) return b;
  const both = <T>(x: readonly T[] | undefined, y: T[] | undefined) => y?.filter((one) => x?.includes(one) ?? true);
  const targets = both(a.targets, b.targets) ?? a.targets;
  const asns = both(a.asns, b.asns) ?? a.asns;
  const regions = both(a.regions, b.regions) ?? a.regions;
  return { ...(targets && { targets }), ...(asns && { asns }), ...(regions && { regions }) };
}
