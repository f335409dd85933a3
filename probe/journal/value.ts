import type { EntryDraft } from "../../protocol/records/entry.ts";

/**
 * What an entry is worth when room runs out, lowest first: ordinary measurements go before proof that the host was
 * up, these before anomalies; the state of the line, starts and stops are never given up.
 */
export const VALUE = { routine: 0, alive: 1, anomaly: 2, vital: 3 } as const;
export type Value = (typeof VALUE)[keyof typeof VALUE];

/** The worth of an entry; measurements count as anomalies when their writer says they are urgent. */
export function worthOf(draft: EntryDraft, urgent: boolean): Value {
  switch (draft.kind) {
    case "start":
    case "stop":
    case "link":
      return VALUE.vital;
    case "alive":
      return VALUE.alive;
    case "web":
    case "im":
    case "speed":
      return urgent ? VALUE.anomaly : VALUE.routine;
  }
}
