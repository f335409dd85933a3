import type { WorldEvent } from "../../../protocol/event.ts";
import type { Incident, Interval } from "../../../protocol/incident.ts";
import type { DemoResult } from "../run-demo.ts";
import { CITIES } from "../world/places.ts";
import { cellsOf, citiesText, networksText } from "../world/scope.ts";
import type { Finding } from "./compare.ts";

const LABEL_WIDTH = 17;
const DONE_WIDTH = 34;

/** The end of a run for people: each act beside what was found of it, whatever else was found, and the event. */
export function demoText({ scenario, comparison, event, right }: DemoResult): string {
  const extras = comparison.extras.map((incident) => `  ${incidentLine(incident)}`);
  const found = comparison.findings.map(({ done }) => done.act.id);
  const quiet = scenario.acts.filter(({ id }) => !found.includes(id));
  const none = found.length === 0 ? "Nothing was found." : "Nothing else was found.";
  return [
    "",
    ...quiet.map(({ title }) => `Done, and not to be found as an incident: ${title}`),
    ...comparison.findings.flatMap((finding, index) => [...findingLines(finding, index + 1), ""]),
    extras.length === 0 ? none : "Also found, though nothing of the kind was done:",
    ...extras,
    scenario.event === null ? "" : event === null ? "! The event of the script is not published." : eventLine(event),
    "",
    right
      ? "All was found that should be, with its kind, method and scope, and nothing else."
      : "Not everything is right; see the lines marked '!'.",
    "",
  ].join("\n");
}

function eventLine({ title, place, start, end }: WorldEvent): string {
  const city = CITIES.find(({ region }) => region === place)?.name ?? place;
  const until = end === null ? "" : ` - ${clock(Date.parse(end))}`;
  return `Event beside them (detection never reads it): ${title}, ${city}, ${clock(Date.parse(start))}${until}.`;
}

function findingLines({ done, found, faults, ...numbers }: Finding, number: number): string[] {
  const { expected } = done;
  const cells = found === null ? [] : cellsOf(found.asns, found.regions);
  const say = (label: string, was: string, seen: string) =>
    `  ${label.padEnd(LABEL_WIDTH)}${was.padEnd(DONE_WIDTH)}${found === null ? "" : seen}`.trimEnd();
  return [
    `Act ${number}: ${done.act.title}`,
    `  ${"".padEnd(LABEL_WIDTH)}${"DONE".padEnd(DONE_WIDTH)}FOUND`,
    say("kind", expected.kind, found?.kind ?? ""),
    say("method", expected.method ?? "-", found?.method ?? "-"),
    say("extent", expected.extent ?? "-", found?.extent ?? "-"),
    say("target", expected.targets.join(", ") || "-", found?.targets.join(", ") || "-"),
    say("network", networksText(expected.cells), networksText(cells)),
    say("city", citiesText(expected.cells), citiesText(cells)),
    say("start (UTC)", clock(done.startMs), intervalText(found?.start)),
    say("end (UTC)", clock(done.endMs), intervalText(found?.end)),
    say("start error", "", errorText(numbers.startErrorS, numbers.startInside)),
    say("end error", "", errorText(numbers.endErrorS, numbers.endInside)),
    say("detected after", "", seconds(numbers.detectionDelayS)),
    say("confidence", "", `${found?.confidence} (${found?.witnesses} witnesses, ${found?.measurements} measurements)`),
    ...faults.map((fault) => `! ${fault}`),
  ];
}

/** One incident on one line. */
function incidentLine(incident: Incident): string {
  const cells = cellsOf(incident.asns, incident.regions);
  const what = [incident.kind, incident.method ?? incident.extent, incident.targets.join(", ")].filter(Boolean);
  const when = `${intervalText(incident.start)} to ${incident.end === null ? "now" : intervalText(incident.end)}`;
  return `! ${what.join(" ")} · ${networksText(cells)} · ${citiesText(cells)} · ${when} · ${incident.confidence}`;
}

function intervalText(interval: Interval | null | undefined): string {
  if (interval === null) return "still open";
  if (interval === undefined) return "";
  return `${clock(Date.parse(interval.earliest))} - ${clock(Date.parse(interval.latest))}`;
}

/** Time of day in UTC with tenths of a second. */
function clock(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 21);
}

/** Error of the interval's middle, and whether the interval holds the truth. */
function errorText(error: number | null, inside: boolean | null): string {
  return inside === null ? seconds(error) : `${seconds(error)}, true time ${inside ? "inside" : "outside"}`;
}

function seconds(value: number | null): string {
  return value === null ? "-" : `${value.toFixed(1)} s`;
}
