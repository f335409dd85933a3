import type { Hypothesis, Watched } from "../api/legal-types.ts";
import type { Incident, Language, Names } from "../api/types.ts";
import { localSpanText, type Moment } from "./clock.ts";
import { enIncident } from "./incident-en.ts";
import { kkIncident } from "./incident-kk.ts";
import { ruIncident } from "./incident-ru.ts";
import type { CauseName, Family, IncidentWords, Length } from "./words.ts";

/** What every language says of incidents. */
export const INCIDENT_WORDS: Readonly<Record<Language, IncidentWords>> = {
  kk: kkIncident,
  ru: ruIncident,
  en: enIncident,
};

/** Names of what an incident tells by code. */
export type Naming = {
  readonly regions: Readonly<Record<string, Names>>;
  readonly networks: Readonly<Record<string, string>>;
};

/** Bounds of start and end, told in both clocks; `end` null while it is open. */
export type Bounds = {
  readonly start: { readonly earliest: Moment; readonly latest: Moment };
  readonly end: { readonly earliest: Moment; readonly latest: Moment } | null;
};

const SHOWN = 3;
const SHOWN_TARGETS = 2;

/** What a headline reads of an incident. */
export type Headlined = Pick<Incident, "kind" | "extent" | "targets" | "regions" | "end">;

/** One line that says what an incident is: cautious, and without time or confidence, which stand beside it. */
export function headline(language: Language, incident: Headlined, names: Naming): string {
  const words = INCIDENT_WORDS[language];
  return words.headline[incident.kind]({
    targets: targetsText(language, incident),
    regions: regionsText(language, incident.regions, names),
    extent: extentClause(language, incident),
  });
}

/** One sentence: what was seen, where, on which networks and when. How sure it is stands in {@link confidenceText}. */
export function finding(language: Language, incident: Incident, names: Naming, bounds: Bounds): string {
  const words = INCIDENT_WORDS[language];
  const from = localSpanText(bounds.start.earliest, bounds.start.latest, language);
  const to = bounds.end === null ? null : localSpanText(bounds.end.earliest, bounds.end.latest, language);
  return words.finding[incident.kind]({
    targets: targetsText(language, incident, SHOWN),
    regions: regionsText(language, incident.regions, names),
    networks: networksText(language, incident.asns, names),
    extent: extentClause(language, incident),
    when: to === null ? words.began(from) : words.beganAndEnded(from, to),
  });
}

/** How sure the measurement is, in a sentence of its own. */
export function confidenceText(language: Language, { confidence }: Incident): string {
  const words = INCIDENT_WORDS[language];
  return words.howSure(words.confidence[confidence]);
}

/** How sure, and on what grounds. */
export function sureText(language: Language, incident: Incident): string {
  return INCIDENT_WORDS[language].sure[familyOf(incident)][incident.confidence];
}

/** What was seen, for readers who know nothing of networks; empty where an incident tells no method. */
export function methodText(language: Language, { kind, method }: Incident): string {
  const { method: known, unknownMethod } = INCIDENT_WORDS[language];
  const named = method !== null && Object.hasOwn(known, method) ? known[method] : undefined;
  if (named !== undefined) return named;
  if (kind === "shutdown" || kind === "outage") return known[kind] ?? "";
  return method === null ? "" : unknownMethod(method);
}

/** What of the internet is left, in a clause. A cut whose degree is not known reads as a cut. */
export function extentClause(language: Language, { extent, end }: Headlined): string {
  const { extent: open, extentEnded } = INCIDENT_WORDS[language];
  return (end === null ? open : extentEnded)[extent ?? "total"];
}

/** Sites by their names, cut short. */
export function targetsText(language: Language, { targets }: Headlined, cap = SHOWN_TARGETS): string {
  return listText(language, targets, cap);
}

/** Regions in one phrase; an empty list means all that were watched. */
export function regionsText(language: Language, codes: readonly string[], names: Naming, cap = SHOWN): string {
  if (codes.length === 0) return INCIDENT_WORDS[language].allRegions;
  return listText(
    language,
    codes.map((code) => (Object.hasOwn(names.regions, code) ? names.regions[code]?.[language] : undefined) ?? code),
    cap,
  );
}

/** Networks in one phrase, by name and number; an empty list means all that were watched. */
export function networksText(language: Language, asns: readonly number[], names: Naming, cap = SHOWN): string {
  if (asns.length === 0) return INCIDENT_WORDS[language].allNetworks;
  return listText(
    language,
    asns.map((asn) => networkText(asn, names)),
    cap,
  );
}

/** A network by name and number; the number alone where no name is known. */
export function networkText(asn: number, { networks }: Naming): string {
  const name = Object.hasOwn(networks, String(asn)) ? networks[String(asn)] : undefined;
  return name === undefined ? `AS${asn}` : `${name} (AS${asn})`;
}

/** A list cut to `cap` entries, with how many more there are. */
export function listText(language: Language, entries: readonly string[], cap = SHOWN): string {
  const list = entries.slice(0, cap).join(", ");
  return entries.length <= cap ? list : INCIDENT_WORDS[language].more(list, entries.length - cap);
}

/** Who saw it. Fewer witnesses than `enough` are not counted: that it was one would tell who it can have been. */
export function witnessText(language: Language, { witnesses, measurements }: Incident, enough: number): string {
  const words = INCIDENT_WORDS[language];
  const few = witnesses > 0 && witnesses < enough;
  const seen = `${few ? words.fewProbes(enough - 1) : words.probes(witnesses)}, ${measurements === 0 ? words.bySilence : words.measurements(measurements)}`;
  return few ? `${seen} – ${words.notes.fewWitnesses}` : seen;
}

/** An explanation by its name; a filter is another thing for a site than a cut is for a line. */
export function causeText(language: Language, incident: Incident, cause: CauseName): string {
  const { cause: names, causeOfSite } = INCIDENT_WORDS[language];
  return (familyOf(incident) === "loss" ? undefined : causeOfSite[cause]) ?? names[cause];
}

/** What a statement claims, by name. */
export function hypothesisText(language: Language, claim: Hypothesis["claim"]): string {
  const { cause, statement } = INCIDENT_WORDS[language];
  return claim === "no disruption" || claim === "no order" ? statement.hypothesis[claim] : cause[claim];
}

/** How many probes watched at the time that a statement speaks of. */
export function watchedText(language: Language, { min, max, few, notYet }: Watched): string {
  const { statement } = INCIDENT_WORDS[language];
  if (notYet === true) return statement.notYet;
  if (few === true) return statement.few;
  return min === null || max === null || max === 0 ? statement.notWatched : statement.watched(min, max);
}

/** What the records should show if an explanation were right; null where none was written down. */
export function predictionText(language: Language, incident: Incident, cause: CauseName): string | null {
  return INCIDENT_WORDS[language].prediction[familyOf(incident)][cause] ?? null;
}

/** A length known within bounds: one text where both read the same. */
export function lengthText(language: Language, least: Length, most: Length): string {
  const words = INCIDENT_WORDS[language];
  const [a, b] = [words.length(least), words.length(most)];
  return a === b ? a : words.lengths(a, b);
}

/** Which rules of confidence, and which predictions, hold for an incident. */
export function familyOf({ kind }: Pick<Incident, "kind">): Family {
  if (kind === "throttle") return kind;
  return kind === "shutdown" || kind === "outage" ? "loss" : "block";
}

const [MINUTE_S, HOUR_S, DAY_S] = [60, 3600, 86_400];

/** A length as it is told: seconds below a minute, minutes below an hour, then two units. */
export function lengthOf(ms: number): Length {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < MINUTE_S) return { seconds };
  const minutes = Math.round(seconds / MINUTE_S);
  if (minutes * MINUTE_S < HOUR_S) return { minutes };
  if (minutes * MINUTE_S < 2 * DAY_S) return units({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  const hours = Math.round(seconds / HOUR_S);
  return units({ days: Math.floor(hours / 24), hours: hours % 24 });
}

/** Without units that are nought. */
function units(length: Length): Length {
  return Object.fromEntries(Object.entries(length).filter(([, count]) => count !== 0));
}
