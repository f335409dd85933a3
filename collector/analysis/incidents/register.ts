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

/** An empty register. */
export function createRegister(): Register {
  const entries = new Map<string, { incident: Incident; content: string; version: number }>();
  return {
    put: (incident) => {
      const content = canonicalJson({ ...incident, measurements: 0 });
      const before = entries.get(incident.id);
      const version = before === undefined ? 1 : before.version + (before.content === content ? 0 : 1);
      entries.set(incident.id, { incident: { ...incident, version }, content, version });
    },
    withdraw: (id) => void entries.delete(id),
    list: () => [...entries.values()].map(({ incident }) => incident).sort(byStart),
  };
}

/** Deterministic id of an incident: a hash of its kind, first cell and first known start. */
export function incidentId(kind: string, firstCell: string, startMs: number): string {
  return sha256Hex(`${kind}|${firstCell}|${utc(startMs)}`).slice(0, 20);
}

function byStart(a: Incident, b: Incident): number {
  if (a.start.earliest !== b.start.earliest) return a.start.earliest < b.start.earliest ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
