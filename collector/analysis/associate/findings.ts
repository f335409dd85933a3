import type { WorldEvent } from "../../../protocol/event.ts";
import type { Tested } from "./test-kind.ts";

/** An incident that began beside an event of the same place. */
export type Overlap = {
  readonly type: "overlap";
  readonly incident: string;
  readonly event: string;
  readonly eventKind: WorldEvent["kind"];
  readonly sanctioned: WorldEvent["sanctioned"];
  readonly place: string;
  /** Start of the incident less start of the event, as far as both are known; negative: before it. */
  readonly lagMinutes: { readonly earliest: number; readonly latest: number };
  /** Days on which the place was watched and had no event of this kind, and on how many such an incident began. */
  readonly ordinaryDays: number;
  readonly ordinaryDaysWith: number;
  readonly baseRate: number | null;
  readonly says: string;
};

/** One question asked of the records: do incidents of a kind begin beside events of a kind more than on other days? */
export type KindTest = Tested & {
  readonly type: "test";
  /** How many questions were asked of the same records: the false discovery rate is over all that could be judged. */
  readonly tests: number;
  readonly judged: number;
  readonly verdict: "associated" | "not distinguishable" | "too few events";
  readonly says: string;
};

export type Association = KindTest | Overlap;
