import type { Incident, Language, NameBook } from "../../collector/api/types.ts";
import type { Notice, Told } from "../../collector/notice.ts";
import { en } from "../catalogue/en.ts";
import { type Context, contextOf } from "../context.ts";
import { networkList } from "../parts/incident-card.ts";
import { styleOf } from "../parts/when.ts";
import { spanText } from "../time.ts";
import { type MessageKey, translator } from "../translate.ts";
import { headline, incidentZone, lastedText, methodText, witnessText } from "./incident.ts";
import { regionsText } from "./names.ts";
import { startText } from "./start.ts";

const REGIONS_SHOWN = 20;

/** An incident in plain words for a feed or an alert. The title begins with how sure it is, or that it does not stand. */
export function notice(told: Told, names: NameBook, language: Language): Notice {
  const { incident, version, enoughProbes } = told;
  const context = contextOf({ names, enoughProbes, asOf: version?.publishedAt ?? incident.detectedAt }, language);
  const over = told.over == null ? [] : review(context, { ...told, version: told.over });
  return { title: titleOf(context, told), lines: [...over, ...review(context, told), ...facts(context, told)] };
}

/** Title and subtitle of a feed of incidents. */
export function feedWords(language: Language, picked: string): { title: string; subtitle: string } {
  const t = translator(language);
  const title = picked === "" ? t("feed.title") : t("feed.title.picked", { picked });
  return { title, subtitle: t("feed.subtitle") };
}

/** Words for trying an address out. */
export function testNotice(language: Language): Notice {
  const t = translator(language);
  return { title: t("notice.test.title"), lines: [t("notice.test.text")] };
}

function titleOf(context: Context, { incident, version, phase, over }: Told): string {
  const { t, said } = context;
  const words = {
    headline: headline(context, incident),
    confidence: capital(context.language, said.confidence[incident.confidence]),
  };
  const last = over ?? version;
  if (last?.change === "tombstone") return t("notice.title.withdrawn", words);
  if (last?.change === "merged") return t("notice.title.merged", words);
  const ended = phase === "end" && incident.end !== null;
  return t(ended ? "notice.title.end" : "notice.title", words);
}

/** What a reviewer, or a change of number, adds. */
function review({ t, language }: Context, { version, incident, phase }: Told): string[] {
  if (version === null) return phase === "end" && incident.end === null ? [t("notice.withdrawn")] : [];
  const { change, erratum, other, note } = version;
  const said = note?.[language] ?? note?.en ?? note?.ru ?? note?.kk;
  return [
    ...(change === "tombstone" ? [t("notice.withdrawn")] : []),
    ...(change === "merged" && other !== null ? [t("notice.merged", { number: other })] : []),
    ...(change === "split" && other !== null ? [t("notice.split", { number: other })] : []),
    ...(erratum ? [t("notice.erratum")] : []),
    ...(said === undefined ? [] : [t("notice.line", { label: t("notice.note"), value: said })]),
  ];
}

function facts(context: Context, { incident, version }: Told): string[] {
  const { t, said } = context;
  const style = styleOf(context, incidentZone(context, incident), true);
  const line = (label: MessageKey, value: string) => t("notice.line", { label: t(label), value });
  const span = ({ earliest, latest }: { earliest: string; latest: string }) => spanText(earliest, latest, style);
  const lasted = lastedText(context, incident);
  const number = version === null ? t("notice.unnumbered") : `${version.number}-v${version.version}`;
  const changed = (version?.changed ?? []).map((code) => fieldName(context, code));
  return [
    methodText(context, incident),
    ...(incident.confidence === "confirmed" ? [] : [t("notice.preliminary")]),
    line("incident.began", startText(context, incident, style)),
    incident.end === null ? said.notes.open : line("incident.ended", span(incident.end)),
    ...(lasted === null ? [] : [line("incident.lasted", lasted)]),
    line("incident.where", regionsText(context, incident.regions, REGIONS_SHOWN)),
    line("incident.networks", networkList(context, incident)),
    ...(incident.targets.length > 0 ? [line("incident.sites", sites(incident))] : []),
    line("incident.seenBy", witnessText(context, incident)),
    ...(changed.length > 0 ? [line("notice.changed", changed.join(", "))] : []),
    line("notice.version", number),
    t("notice.claim"),
  ];
}

const SITES_SHOWN = 20;

function sites({ targets }: Incident): string {
  const more = targets.length > SITES_SHOWN ? ` +${targets.length - SITES_SHOWN}` : "";
  return targets.slice(0, SITES_SHOWN).join(", ") + more;
}

function capital(language: Language, word: string): string {
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}

/** The word for what changed; a code without words of ours stands as it is. */
function fieldName({ t }: Context, code: string): string {
  const key = `notice.field.${code}`;
  // The cast is sound: own keys of `en` are the keys of every catalogue.
  return Object.hasOwn(en, key) ? t(key as MessageKey) : code;
}
