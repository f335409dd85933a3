import type { Agenda } from "../agenda.ts";
import type { LossGroup } from "../incidents/loss-incident.ts";
import type { LossShelf } from "../incidents/loss-shelf.ts";
import type { Knowledge } from "../knowledge.ts";
import type { EpochMs } from "../types.ts";
import type { Census } from "./census.ts";
import type { Churn } from "./churn.ts";
import type { Loss } from "./loss.ts";
import type { ProbeState } from "./probe-book.ts";

/** What the detector of shutdowns remembers. */
export type ShutdownState = {
  knowledge: Knowledge;
  agenda: Agenda;
  shelf: LossShelf;
  probes: Map<string, ProbeState>;
  controls: Set<ProbeState>;
  census: Census;
  /** The whole fleet's churn, by hour of the day. */
  fleet: Churn;
  gaps: { from: EpochMs; to: EpochMs }[];
  groups: Map<Loss, LossGroup>;
  /** Groups lately found or reopened, oldest first. */
  recent: LossGroup[];
  /** Groups that changed and wait to be published. */
  waiting: Set<LossGroup>;
};
