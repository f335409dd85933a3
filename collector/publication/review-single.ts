import { CodedError } from "../../protocol/coded-error.ts";
import type { PublishedVersion } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import { factsOf } from "./combine.ts";
import { firstVersion, nextVersion, numberer, type Saying } from "./draft.ts";
import { changesOf, isOver } from "./plan.ts";
import { changedFields } from "./substance.ts";
import type { Change, Numbered, PublicationState } from "./types.ts";

/** What each act is given beside its subject. */
export type ReviewContext = {
  readonly at: EpochMs;
  readonly rulesVersion: string;
  readonly role: string;
  readonly note: PublishedVersion["note"];
};

/** The number that a subject names, by itself or by an id of the analysis; null where it has none. */
function found(state: PublicationState, subject: string): Numbered | null {
  const number = state.numberOf.get(subject) ?? subject;
  return state.numbered.find((one) => one.number === number) ?? null;
}

/** The number that a subject names. Error: `bad_input`. */
export function numbered(state: PublicationState, number: string): Numbered {
  const one = found(state, number);
  if (one === null) throw new CodedError("bad_input", `No incident has the number ${number}.`);
  return one;
}

/** Error: `bad_input` where an incident was withdrawn or merged. */
export function refuseOver({ number, latest }: Numbered): void {
  if (isOver(latest)) throw new CodedError("bad_input", `${number} was withdrawn or merged before.`);
}

/**
 * Publishes an incident that has no number, whatever its confidence; of one that has, ends a hold, brings it up to what
 * the analysis holds, and undoes a tombstone or a merge.
 */
export function publish(state: PublicationState, subject: string, context: ReviewContext): Change[] {
  const one = found(state, subject);
  return one === null ? publishFirst(state, subject, context) : publishAgain(state, one, context);
}

function publishFirst(state: PublicationState, id: string, context: ReviewContext): Change[] {
  const known = state.current.get(id)?.incident;
  if (known === undefined)
    throw new CodedError("bad_input", `The analysis holds no incident with the id ${id}, and none has that number.`);
  const number = numberer(state)(known);
  return [
    { what: "number", number, members: [{ id, only: null, except: [] }] },
    { what: "version", version: firstVersion(number, known, { ...context, change: "first" }) },
    { what: "hold", subject: id, on: false },
  ];
}

function publishAgain(state: PublicationState, one: Numbered, context: ReviewContext): Change[] {
  const { latest, number } = one;
  const back = latest.change === "merged" ? takenBack(state, one, context) : { members: one.members, changes: [] };
  const facts = factsOf(back.members, state);
  if (facts === null && isOver(latest))
    throw new CodedError("bad_input", `The analysis holds nothing of ${number} any more.`);
  const changed = facts === null ? [] : changesOf(latest, facts, context.rulesVersion);
  const free: Change = { what: "hold", subject: number, on: false };
  if (facts === null || (changed.length === 0 && context.note === null)) return [...back.changes, free];
  const version = nextVersion(latest, facts, { ...context, change: "review", changed });
  return [...back.changes, free, { what: "version", version }];
}

/** What a merged number had, taken out of the number into which it was merged. */
function takenBack(state: PublicationState, { latest, number }: Numbered, context: ReviewContext) {
  const into = state.numbered.find((one) => one.number === latest.other);
  const members = into?.members.filter(({ id }) => id === latest.incident.id) ?? [];
  const rest = into?.members.filter(({ id }) => id !== latest.incident.id) ?? [];
  if (into === undefined || members.length === 0 || rest.length === 0)
    throw new CodedError("bad_input", `${number} cannot be taken out of ${latest.other}: what it told is not there.`);
  const changes: Change[] = [
    { what: "members", number: into.number, members: rest },
    { what: "members", number, members },
    ...withFacts(state, { ...into, members: rest }, { ...context, change: "review" }),
  ];
  return { members, changes };
}

/** A version of a number with the facts that its members give now, and what they change. */
export function withFacts(state: PublicationState, one: Numbered, saying: Saying): Change[] {
  const facts = factsOf(one.members, state) ?? one.latest.incident;
  const changed = changedFields(one.latest.incident, facts);
  return [{ what: "version", version: nextVersion(one.latest, facts, { ...saying, changed }) }];
}

/** Keeps an incident from being published, or a published one from getting new versions from records. */
export function holdBack(state: PublicationState, subject: string): Change[] {
  const one = found(state, subject);
  if (one !== null) return [{ what: "hold", subject: one.number, on: true }];
  if (!state.current.has(subject)) throw new CodedError("bad_input", `No incident has the id or number ${subject}.`);
  return [{ what: "hold", subject, on: true }];
}

/** Withdraws an incident: its versions stay, and records do not bring it back. */
export function tombstone(state: PublicationState, number: string, context: ReviewContext): Change[] {
  const one = numbered(state, number);
  refuseOver(one);
  const version = nextVersion(one.latest, one.latest.incident, { ...context, change: "tombstone" });
  return [
    { what: "version", version },
    { what: "hold", subject: number, on: true },
  ];
}

/** Adds a note; as an erratum it says that the version before was wrong, and tells what the analysis holds now. */
export function comment(state: PublicationState, number: string, erratum: boolean, context: ReviewContext): Change[] {
  const one = numbered(state, number);
  const { latest } = one;
  if (isOver(latest)) {
    const { change, other } = latest;
    const version = nextVersion(latest, latest.incident, { ...context, change, other, erratum });
    return [{ what: "version", version }];
  }
  if (erratum) return withFacts(state, one, { ...context, change: "review", erratum });
  return [{ what: "version", version: nextVersion(latest, latest.incident, { ...context, change: "review" }) }];
}
