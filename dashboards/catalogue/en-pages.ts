/** English texts of the pages about one incident, about sites, and of what leads to the pages of text. */
export const enPages = {
  "incident.more": "Everything about it",
  "incident.open": "open, as far as is known",
  "incident.this": "This incident",
  "incident.facts": "What, where, when",
  "incident.sites": "Sites",
  "incident.startUnknown":
    "It was so when watching began: this is the first sighting, and the true start lies before it.",
  "incident.parts": "Each network, region and site by itself",
  "incident.parts.caption": "Own beginning and end of each",
  "incident.parts.what": "Where and what",
  "incident.cause":
    "The leading explanation is: {cause}. It leads the others by odds of at least 20 to 1; that is how the records weigh, not proof.",
  "incident.reason": "What changed with this version",
  "incident.episode": "Part of the story that began with",
  "incident.endUnknown": "Nobody has been able to measure it since: the true end may lie later.",
  "incident.sure": "How sure, and why",
  "incident.sure.block.observed":
    "Observed: few probes saw it, or what they saw has no proof inside it. It may still turn out otherwise.",
  "incident.sure.block.probable": "Probable: several probes of the place saw the same, round after round.",
  "incident.sure.block.confirmed":
    "Confirmed: at least three probes saw the same independently, or each of two carries its own technical proof.",
  "incident.sure.throttle.observed":
    "Observed: it is slow against a control whose path may be another one, so that congestion is not ruled out.",
  "incident.sure.throttle.probable":
    "Probable: it is slow against a control at the same address or beside it, on one network and on few probes.",
  "incident.sure.throttle.confirmed":
    "Confirmed: it is slow against a control at the same address or beside it, on several networks or for at least five probes.",
  "incident.sure.loss.observed":
    "Observed: probes fell silent together. Their journals have not told yet what they saw.",
  "incident.sure.loss.probable": "Probable: journals that arrived later tell the same of some of the silent lines.",
  "incident.sure.loss.confirmed":
    "Confirmed: the journals of at least three probes, written while they were cut off, tell the same.",
  "incident.sure.scale":
    "This is about what was measured. Who is responsible is another scale, and it is empty here: no claim is made.",
  "incident.around.title": "Who watched, before and after",
  "incident.around.note": "Connected probes of: {place}, {network}. A day before the start and a day after the end.",
  "incident.events": "Events near in time",
  "incident.causes.caption": "Each explanation held against the records",
  "incident.causes.what": "Explanation",
  "incident.causes.verdict": "What the records say",
  "incident.causes.why": "On what grounds",
  "incident.causes.none": "No explanation was tested for this kind of incident.",
  "incident.causes.noReasons": "no grounds on record",
  "incident.causes.english": "Grounds are written by the rules, in English.",
  "incident.notClaimed": "What is not claimed",
  "incident.notClaimed.who": "Who did it, or by what order.",
  "incident.notClaimed.why": "Why it happened. Events stand beside it by time alone.",
  "incident.notClaimed.all": "That everybody in the place had it: probes of volunteers are few, and not chosen by lot.",
  "incident.notClaimed.pages": "That every page of a site, or every way to it, was concerned.",
  "incident.notClaimed.elsewhere": "That nothing happened where no probe watched.",
  "incident.earlier": "As it was known earlier",
  "incident.earlier.caption": "Earlier states of knowledge about this incident",
  "incident.earlier.when": "Known at",
  "incident.earlier.none": "At the moments looked up after it was noticed, it was known as it is shown here.",
  "incident.earlier.past": "This is what was known at {when}.",
  "incident.earlier.latest": "What is known now",
  "incident.cite": "How to cite",
  "incident.cite.text":
    "Kuager, incident {id}: {headline}. Began {start}. State of knowledge {asOf}, rules {rules}. {address} (licence {license})",
  "incident.cite.note":
    "Put the name of this server before the address. The address keeps the incident as it was known then. Counts of probes and measurements may still grow as journals arrive.",
  "incident.records": "Records",
  "incident.records.own": "this incident",
  "incident.records.verdicts": "judgements of single measurements, an hour before to an hour after",
  "incident.records.presence": "connected probes over time",

  "sites.title": "Sites and services measured",
  "sites.lead":
    "{count, plural, one {# site or service is} other {# sites and services are}} measured; {odd, plural, =0 {none fails} one {# fails} other {# fail}} now on some network in a way consistent with interference.",
  "sites.category": "Category",
  "sites.allCategories": "All categories",
  "sites.none": "No site of this category is measured.",
  "sites.caption": "Latest finding by site and network, over two hours",
  "sites.words": "What the words mean",
  "sites.inList": "In the list: {count}",
  "site.now.odd": "{site}: not as usual on {list}.",
  "site.now.ok":
    "{site}: opens as usual on {count, plural, one {the # network} other {all # networks}} on which it was measured within two hours.",
  "site.now.unknown": "{site}: not measured in the last two hours.",
  "site.now.item": "{network} ({finding})",
  "site.days": "Day by day",
  "site.days.note":
    "Each square is a day (UTC). Filled from below: the share of measurements that found interference. Hatched: not measured.",
  "site.days.label":
    "{network}: interference found on {bad} of {measured, plural, one {# day} other {# days}} measured.",
  "site.days.caption": "Judgements by day and network",
  "site.days.day": "Day (UTC)",
  "site.days.none": "Nothing has been measured in these days.",
  "site.days.few": "Where one or two probes are known, no numbers are given.",
  "site.incidents": "Incidents",
  "site.incidents.none": "No incident of this site was found.",
  "site.reports.none": "No report about this site is on file.",
  "site.about": "Why it is in the list",
  "site.address": "Address",
  "site.hosted": "Hosted in",
  "site.hosted.unknown": "not known",
  "site.how": "Measured as",
  "site.how.web": "site: name, connection, encryption, page",
  "site.how.im": "messenger: its own addresses and ports",
  "site.why": "Reason (in English)",

  "category.independent-media": "independent media",
  "category.foreign-media": "foreign media",
  "category.state-media": "state media",
  "category.mainstream-media": "mainstream media",
  "category.regional-media": "regional media",
  "category.human-rights": "human rights",
  "category.social": "social networks",
  "category.messenger": "messengers",
  "category.search-mail": "search and mail",
  "category.shortener": "link shorteners",
  "category.international-organisation": "international organisations",
  "category.e-service": "everyday services",
  "category.archive": "archives",
  "category.circumvention": "circumvention tools",
  "category.fact-checking": "fact-checking",
  "category.other": "other",
} as const satisfies Record<string, string>;

/** What every language must say on these pages. */
export type PageCatalogue = Readonly<Record<keyof typeof enPages, string>>;
