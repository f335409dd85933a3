import type { Incident, Interval } from "../../protocol/incident.ts";
import type { Replayed } from "./replay.ts";

/** Incidents for a person, one paragraph each, times in UTC; then how incidents stand to events. */
export function outputText({ incidents, associations }: Replayed["output"]): string {
  if (incidents.length === 0) return "No incidents were found in these records.\n";
  const overlaps = associations.filter((one) => one.type === "overlap");
  const beside = (id: string) =>
    overlaps.filter(({ incident }) => incident === id).map(({ says, event }) => `\n  event     ${event}: ${says}`);
  const tests = associations.filter((one) => one.type === "test");
  return [
    ...incidents.map((incident) => `${incidentText(incident)}${beside(incident.id).join("")}\n`),
    ...(tests.length > 0
      ? [`${tests.length} tests against events:\n${tests.map(({ says }) => `  ${says}\n`).join("")}`]
      : []),
  ].join("\n");
}

function incidentText(incident: Incident): string {
  const { id, kind, method, extent, confidence, witnesses, measurements, detectedAt, causes } = incident;
  const leading = causes.filter(({ verdict }) => verdict === "supported").map(({ cause }) => cause);
  return [
    `${kind}${method === null ? "" : ` (${method})`}${extent === null ? "" : `, ${extent}`}: ${scopeText(incident)}`,
    `  began     ${intervalText(incident.start)}${incident.startUnknown === true ? " (or before the records begin)" : ""}`,
    `  ended     ${incident.end === null ? "had not ended" : intervalText(incident.end)}`,
    `  known     ${clock(detectedAt)}, ${confidence}${incident.singleWitness === true ? ", a single witness" : ""}`,
    `  seen by   ${witnesses} probes, ${measurements} records`,
    ...(leading.length > 0 ? [`  consistent with   ${leading.join(", ")}`] : []),
    `  id        ${id}`,
  ].join("\n");
}

function scopeText({ targets, asns, regions, access }: Incident): string {
  const networks = asns.length === 0 ? "all networks watched" : asns.map((asn) => `AS${asn}`).join(", ");
  const places = regions.length === 0 ? "all regions watched" : regions.join(", ");
  return [targets.join(", "), networks, places, access.join(" and ")].filter((part) => part !== "").join("; ");
}

function intervalText({ earliest, latest }: Interval): string {
  return earliest === latest ? clock(earliest) : `${clock(earliest)} to ${clock(latest)}`;
}

function clock(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}
