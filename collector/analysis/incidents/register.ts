import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import type { Incident } from "../../../protocol/incident.ts";
import { utc } from "./text.ts";

/** All incidents so far with their versions. */
export type Register = {
  /** Takes the present content of an incident; its version rises when anything but the count of measurements changed. */
  put: (incident: Incident) => void;
  /** Takes an incident back: what looked like one was not. */
  withdraw: (id: string) => void;
  list: () => Incident[];
};

type Known = { incident: Incident; content: string; version: number; reason: string | null };

/** An empty register. */
export function createRegister(): Register {
  const entries = new Map<string, Known>();
  return {
    put: (incident) => {
      const content = canonicalJson({ ...incident, measurements: 0 });
      const before = entries.get(incident.id);
      const same = before?.content === content;
      const version = before === undefined ? 1 : before.version + (same ? 0 : 1);
      const reason = before === undefined ? null : same ? before.reason : reasonOf(before.incident, incident);
      entries.set(incident.id, { incident, content, version, reason });
    },
    withdraw: (id) => void entries.delete(id),
    list: () => [...entries.values()].map(published).sort(byStart),
  };
}

function published({ incident, version, reason }: Known): Incident {
  const successor = reason === null ? {} : { supersedes: `${incident.id}-v${version - 1}`, reason };
  return { ...incident, version, ...successor };
}

/** What changed from one version to the next, in words. */
function reasonOf(before: Incident, after: Incident): string {
  const changed = (key: keyof Incident) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null);
  const said = WORDS.filter(({ keys }) => keys.some(changed)).map(({ says }) => says);
  return said.length === 0 ? "further records changed its explanation" : said.join("; ");
}

const WORDS: readonly { keys: readonly (keyof Incident)[]; says: string }[] = [
  { keys: ["kind", "method", "extent"], says: "what happened is judged anew" },
  { keys: ["start", "startUnknown"], says: "further records moved the start" },
  { keys: ["end", "endUnknown"], says: "further records moved the end" },
  { keys: ["confidence"], says: "the confidence changed" },
  { keys: ["targets", "asns", "regions", "access", "parts"], says: "the scope changed" },
  { keys: ["witnesses", "singleWitness"], says: "the witnesses changed" },
];

/** Deterministic id of an incident: a hash of its kind, first cell and first known start. */
export function incidentId(kind: string, firstCell: string, startMs: number): string {
  return sha256Hex(`${kind}|${firstCell}|${utc(startMs)}`).slice(0, 20);
}

function byStart(a: Incident, b: Incident): number {
  if (a.start.earliest !== b.start.earliest) return a.start.earliest < b.start.earliest ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
