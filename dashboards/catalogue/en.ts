import { enAdmin } from "./en-admin.ts";
import { enEvidence } from "./en-evidence.ts";
import { enLaw } from "./en-law.ts";
import { enLists } from "./en-lists.ts";
import { enPages } from "./en-pages.ts";
import { enPlaces } from "./en-places.ts";
import { enSite } from "./en-site.ts";
import { enWords } from "./en-words.ts";

/** English texts: ICU messages. Their keys are the keys of every catalogue. */
export const en = {
  ...enWords,
  ...enEvidence,
  ...enLaw,
  ...enPages,
  ...enAdmin,
  ...enSite,
  ...enPlaces,
  ...enLists,

  "now.title": "Now",
  "now.lead.shutdown": "Now: {what} in {regions} ({networks}), since {when}.",
  "now.lead.outage":
    "Now: connection is lost in {regions} ({networks}), since {when}; an ordered cut is not the leading explanation.",
  "now.lead.block":
    "Now: {targets} {count, plural, one {does} other {do}} not open as usual in {regions} ({networks}), consistent with blocking, since {when}.",
  "now.lead.interception":
    "Now: encrypted connections to {targets} get a stranger’s certificate in {regions} ({networks}), consistent with interception, since {when}.",
  "now.lead.throttle":
    "Now: {targets} {count, plural, one {loads} other {load}} far slower than other sites in {regions} ({networks}), consistent with slowing down on purpose, since {when}.",
  "now.lead.quiet":
    "Now: nothing found, with {present, plural, one {# probe} other {# probes}} watching in {regions, plural, one {# region} other {# regions}}.",
  "now.lead.few":
    "Now: not enough probes to say. {present, plural, =0 {None is} one {# is} other {# are}} connected; it takes at least {needed}.",
  "now.lead.ownLine":
    "Now: not known. This collector’s own line does not reach the world, and silence from elsewhere now says nothing.",
  "now.watching":
    "{present} of {known, plural, one {# probe} other {# probes}} connected; {regions} of {all} regions have at least {needed}.",
  "now.alsoOpen": "{count, plural, one {One more incident is open.} other {# more incidents are open.}}",
  "now.open": "Open now",
  "now.none": "No incident is open.",
  "now.noneBlind": "No incident is open. While so few probes watch, that says little.",
  "now.recent": "Recently ended",
  "now.recentNone": "No incident has ended recently.",
  "now.map": "Regions",
  "now.mapNote":
    "Each tile is one of the 20 regions, roughly where it lies. A region without at least {needed} connected probes is never called fine.",
  "now.inWords": "The same in words",

  "figure.probes": "probes connected",
  "figure.regions": "regions with enough probes",
  "figure.controls": "controls connected outside the filter",
  "figure.measurements": "measurements stored, {when}",
  "figure.of": "of {known}",
  "figure.last": "latest {when}",
  "figure.noneYet": "none yet",

  "own.title.none": "This machine’s own line is down.",
  "own.title.lan": "This machine reaches its router and nothing beyond.",
  "own.title.isp": "This machine reaches its provider and nothing beyond.",
  "own.title.domestic": "This machine reaches sites inside Kazakhstan only.",
  "own.since": "Since {when}; last checked {checked}.",
  "own.note":
    "What follows is what was known before, and what still arrives. Probes keep recording; their journals are read when the line is back.",

  "coverage.title": "Who is watching",
  "coverage.note":
    "Probes connected of those known, by region and network. Where fewer than {least} are known, only that is said, for the volunteers’ safety.",
  "coverage.caption": "Probes connected of those known",
  "coverage.region": "Region",
  "coverage.cell": "{present} of {known}",
  "coverage.few": "1–{most} known",
  "coverage.band": "{known} known",
  "coverage.silent": "silent ({known} known)",
  "coverage.noneHere": "none",
  "coverage.empty": "No probe has joined yet.",
  "coverage.blind": "No probe at all: {regions}.",
  "targets.title": "Sites and services",
  "targets.note": "The latest finding per network, over the probes that measured within two hours.",
  "targets.caption": "Findings that differ from normal, by site and network",
  "targets.site": "Site",
  "targets.agree": "{agreeing} of {probes} agree",
  "targets.fine": "Opened as usual wherever measured ({count}): {list}.",
  "targets.allFine": "Every site that was measured opened as usual.",
  "targets.empty":
    "No measurement of the last two hours has been judged yet. A first round takes some minutes, and a judgement waits for a control outside the filter.",
  "targets.notMeasured": "not measured",
  "targets.more": "{count, plural, one {# more site is} other {# more sites are}} in the data files.",

  "timeline.title": "Timeline",
  "timeline.sentence.some":
    "{headline} ({duration}, {confidence}); {count, plural, =1 {the only incident} one {# incident in all} other {# incidents in all}}.",
  "timeline.sentence.none": "Nothing found, with {min}–{max} probes connected.",
  "timeline.sentence.blind": "No probe was connected: nothing can be said.",
  "timeline.sentence.noData": "This collector has no data for this time: nothing can be said.",
  "timeline.sentence.few":
    "Nothing found. So few probes watch here that their number is not shown, and finding nothing says little.",
  "timeline.gaps": "The collector did not run for {duration} of this time; what happened then is not known here.",
  "timeline.fall": "Largest fall: from {before} to {after} connected probes, {when}.",
  "timeline.reported": "{count, plural, one {One report} other {# reports}} by press and NGOs, not measured by us.",
  "timeline.chartTitle": "Connected probes, events, incidents and reports over time",
  "timeline.chartText": "{coverage} {incidents} {events} The tables below hold the same in words.",
  "timeline.chartIncidents": "{count, plural, =0 {No incident.} one {# incident.} other {# incidents.}}",
  "timeline.chartEvents": "{count, plural, =0 {No event.} one {# event.} other {# events.}}",
  "timeline.moreRows": "{count} more in the table",
  "timeline.zone": "Times across the chart are local ({zone}); each table gives UTC too.",
  "chart.coverage": "Probes connected (smallest and largest number)",
  "chart.expected": "expected",
  "chart.noData": "no data",
  "chart.few": "too few probes to show",
  "chart.events": "Events",
  "chart.incidents": "Measured by our probes",
  "chart.reports": "Reported by press and NGOs, not measured",
  "chart.start": "faded edge: the moment lies somewhere inside",
  "chart.band": "pale band: how exactly the time is known",
  "chart.dashed": "dashed outline: reported, not measured",

  "events.title": "Events",
  "events.caption": "Events in this time",
  "events.none": "No event is on record for this time.",
  "events.note":
    "Detection never looks at this calendar. Closeness in time is shown as it is; it does not tell why something happened.",
  "events.when": "When",
  "events.what": "Event",
  "events.where": "Where",
  "events.near": "Incidents close in time",
  "events.nearNone": "none within a day",
  "events.source": "Source",
  "event.rally": "rally",
  "event.picket": "picket",
  "event.election": "election",
  "event.emergency": "emergency",
  "event.official": "official event",
  "event.publication": "publication",
  "event.court-ruling": "court ruling",
  "event.other": "other event",
  "event.sanctioned": "with permission",
  "event.unsanctioned": "without permission",
  "lag.after": "{incident} began {duration} after the start",
  "lag.afterSpan": "{incident} began between {min} and {max} after the start",
  "lag.before": "{incident} began {duration} before the start",
  "lag.beforeSpan": "{incident} began between {min} and {max} before the start",
  "lag.sameMoment": "{incident} began at the time of the start",
  "lag.sameDay": "{incident} began on that day",
  "lag.within": "{incident} began within the time given",
  "precision.minute": "known to the minute",
  "precision.hour": "known to the hour",
  "precision.day": "known to the day",
  "precision.month": "known to the month",
  "reports.title": "Reported, not measured",
  "reports.caption": "Reports by press and NGOs for this time",
  "reports.none": "No report is on file for this time.",
  "reports.note": "Grades say how good the source is, not how true the report. Reports never change what was measured.",
  "reports.grade": "Grade",
  "reports.grade.A": "A: first-hand or measured by others",
  "reports.grade.B": "B: several sources",
  "reports.grade.C": "C: one source",
  "reports.what": "Report",
  "report.other": "Other",
  "place.KZ": "Kazakhstan",

  "duration.minutes": "{n, plural, one {#\u00a0minute} other {#\u00a0minutes}}",
  "duration.hours": "{n, plural, one {#\u00a0hour} other {#\u00a0hours}}",
  "duration.days": "{n, plural, one {#\u00a0day} other {#\u00a0days}}",
  "duration.seconds": "{n, plural, one {#\u00a0second} other {#\u00a0seconds}}",
  "duration.hm": "{h}\u00a0h\u00a0{m}\u00a0min",
  "duration.dh": "{d}\u00a0d\u00a0{h}\u00a0h",
  "duration.span": "{min} – {max}",

  "colophon.title": "About these figures",
  "colophon.asOf": "State of knowledge",
  "colophon.rules": "Rules",
  "colophon.license": "Licence of the data",
  "colophon.permalink": "This view",
  "colophon.data": "Data",
  "colophon.rows":
    "A file holds up to 1000 rows; where there are more, the header Link of the answer names the next part.",
  "colophon.addresses":
    "Addresses of sources and sites are given as text on purpose: opening one can show your provider what you read.",
  "colophon.cautious":
    "We say what was measured and how sure that is. Who is behind it is another question, and we make no claim.",
  "missing.title": "There is no such page",
  "missing.text": "The address may be mistyped, or the page may have moved.",
  "missing.back": "To the first page",
} as const satisfies Record<string, string>;

/** The key of a message. */
export type MessageKey = keyof typeof en;
/** What every language must provide. */
export type Catalogue = Readonly<Record<MessageKey, string>>;
