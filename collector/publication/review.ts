import { z } from "zod";
import { assertNever, CodedError } from "../../protocol/coded-error.ts";
import { plainProblem, problemTexts } from "../../protocol/plain-problem.ts";
import { Text } from "../../protocol/primitives.ts";
import { IncidentNumber, type PublishedVersion, type ReviewAct, Selection } from "../../protocol/publication.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Store } from "../store/store.ts";
import { utc } from "../time.ts";
import { merge, split } from "./review-scope.ts";
import { comment, holdBack, publish, type ReviewContext, tombstone } from "./review-single.ts";
import type { Change, PublicationState } from "./types.ts";

const Subject = z.string().trim().min(1).max(64);
const Line = Text.trim().min(1);
/** A reviewer's words, in the languages they are written in. */
const Words = z.strictObject({ kk: Line.optional(), ru: Line.optional(), en: Line.optional() });
const Needed = Words.optional()
  .transform((words) => words ?? {})
  .refine((words) => Object.values(words).some((word) => word !== undefined), {
    error: "say why, in at least one language",
  });

/**
 * What a reviewer asks for. `subject` is a number, or, for `publish` and `hold back`, the id of an incident that has
 * none. Who publishes and who reads must learn why: all but those two need a note.
 */
export const ReviewRequest = z.discriminatedUnion("act", [
  z.strictObject({ act: z.literal("publish"), subject: Subject, note: Words.optional() }),
  z.strictObject({ act: z.literal("hold back"), subject: Subject, note: Words.optional() }),
  z.strictObject({ act: z.literal("merge"), subject: IncidentNumber, other: IncidentNumber, note: Needed }),
  z.strictObject({ act: z.literal("split"), subject: IncidentNumber, selection: Selection, note: Needed }),
  z.strictObject({ act: z.literal("tombstone"), subject: IncidentNumber, note: Needed }),
  z.strictObject({ act: z.literal("note"), subject: IncidentNumber, note: Needed }),
  z.strictObject({ act: z.literal("erratum"), subject: IncidentNumber, note: Needed }),
]);
export type ReviewRequest = z.infer<typeof ReviewRequest>;

/** Who acts: `role` is published with the version, `name` stays in the audit trail. */
export type Reviewer = { readonly role: string; readonly name: string };

/**
 * Carries out one act of review: stores it in the audit trail with what it made, and returns the versions made. Nothing
 * is stored when it cannot be done. Errors: `bad_input` (no such incident, nothing to merge or split), the store's.
 */
export function review(
  { publications }: Pick<Store, "publications">,
  request: ReviewRequest,
  by: { readonly reviewer: Reviewer; readonly at: EpochMs; readonly rulesVersion: string },
): Promise<readonly PublishedVersion[]> {
  const { reviewer, at, rulesVersion } = by;
  return publications.change(at, (state) => {
    const note = request.note ?? null;
    const changes = decide(state, request, { at, rulesVersion, role: reviewer.role, note });
    const made = changes.flatMap((one) => (one.what === "version" ? [one.version] : []));
    const act: ReviewAct = {
      ...{ at: utc(at), act: request.act, subject: request.subject, role: reviewer.role, author: reviewer.name, note },
      other: request.act === "merge" ? request.other : (made.find(({ change }) => change === "split")?.number ?? null),
      selection: request.act === "split" ? request.selection : null,
      made: made.map(({ number, version }) => `${number}-v${version}`),
    };
    return { changes, act, result: made };
  });
}

function decide(state: PublicationState, request: ReviewRequest, context: ReviewContext): Change[] {
  switch (request.act) {
    case "publish":
      return publish(state, request.subject, context);
    case "hold back":
      return holdBack(state, request.subject);
    case "merge":
      return merge(state, request.subject, request.other, context);
    case "split":
      return split(state, request.subject, request.selection, context);
    case "tombstone":
      return tombstone(state, request.subject, context);
    case "note":
      return comment(state, request.subject, false, context);
    case "erratum":
      return comment(state, request.subject, true, context);
    default:
      return assertNever(request);
  }
}

/** Reads a request from outside. Error: `bad_input` naming what is wrong. */
export function readRequest(value: unknown): ReviewRequest {
  const parsed = ReviewRequest.safeParse(value, { error: plainProblem });
  if (parsed.success) return parsed.data;
  throw new CodedError("bad_input", problemTexts(parsed.error, (path) => path.join(".") || "act").join("; "));
}
