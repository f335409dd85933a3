import { canonicalJson } from "../../../protocol/canonical-json.ts";
import { sha256Hex } from "../../../protocol/hash.ts";
import type { Changed, Incident } from "../../../protocol/incident.ts";
import { enIncident } from "../../wording/incident-en.ts";
import { utc } from "./text.ts";

/** All incidents so far with their versions. */
export type Register = {
  /** Takes the present content of an incident; its version rises when anything but the count of measurements changed. */
  put: (incident: Incident) => void;
  /** Takes an incident back: what looked like one was not. */
  withdraw: (id: string) => void;
  list: () => Incident[];
};

type Known = { incident: Incident; content: string; version: number; changed: Changed[] };

/** An empty register. */
export function createRegister(): Register {
  const entries = new Map<string, Known>();
  return {
    put: (incident) => {
      const content = canonicalJson({ ...incident, measurements: 0 });
      const before = entries.get(incident.id);
      const same = before?.content === content;
      const version = before === undefined ? 1 : before.version + (same ? 0 : 1);
      const changed = before === undefined ? [] : same ? before.changed : changesOf(before.incident, incident);
      entries.set(incident.id, { incident, content, version, changed });
    },
    withdraw: (id) => void entries.delete(id),
    list: () => [...entries.values()].map(published).sort(byStart),
  };
}

function published({ incident, version, changed }: Known): Incident {
  const reason = changed.map((code) => enIncident.changed[code]).join("; ");
  const successor = changed.length === 0 ? {} : { supersedes: `${incident.id}-v${version - 1}`, reason, changed };
  return { ...incident, version, ...successor };
}

/** What changed from one version to the next. */
function changesOf(before: Incident, after: Incident): Changed[] {
  const changed = (key: keyof Incident) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null);
  const told = KEYS.filter(({ keys }) => keys.some(changed)).map(({ code }) => code);
  return told.length === 0 ? ["explanation"] : told;
}

const KEYS: readonly { keys: readonly (keyof Incident)[]; code: Changed }[] = [
  { keys: ["kind", "method", "extent"], code: "judgement" },
  { keys: ["start", "startUnknown"], code: "start" },
  { keys: ["end", "endUnknown"], code: "end" },
  { keys: ["confidence"], code: "confidence" },
  { keys: ["targets", "asns", "regions", "access", "parts"], code: "scope" },
  { keys: ["witnesses", "singleWitness"], code: "witnesses" },
];

/** Deterministic id of an incident: a hash of its kind, first cell and first known start. */
export function incidentId(kind: string, firstCell: string, startMs: number): string {
  return sha256Hex(`${kind}|${firstCell}|${utc(startMs)}`).slice(0, 20);
}

function byStart(a: Incident, b: Incident): number {
  if (a.start.earliest !== b.start.earliest) return a.start.earliest < b.start.earliest ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
