/** English texts of the pages about regions, networks, the matrix, and who watches. */
export const enPlaces = {
  "places.sentenceRegions":
    "{count, plural, =0 {No incident is open in any region} one {In # region something is open} other {In # regions something is open}}; of {unknown} of {all} too little is known to say.",
  "places.sentenceNetworks":
    "{count, plural, =0 {No incident is open on any of {all} watched networks} one {Something is open on # of {all} watched networks} other {Something is open on # of {all} watched networks}}; of {unknown} too little is known to say.",
  "places.regionsDek": "How each of the 20 regions is now: what is open there, and who watches.",
  "places.networksDek":
    "How each provider is now. Names come first; the number (AS) is what the network is called in data.",
  "places.regions": "All regions",
  "places.networks": "Watched networks",
  "places.map": "On the map",
  "places.mapNote":
    "A point is where a region’s administration sits, never where a probe is. Outline: Natural Earth (public domain).",
  "places.regionsCaption": "State, probes and incidents of each region",
  "places.networksCaption": "State, probes and incidents of each network",
  "places.state": "Now",
  "places.networksWatched": "Networks watched",
  "places.regionsWatched": "Regions watched",
  "places.probes": "Probes connected",
  "places.sites": "Sites with signs of interference",
  "places.open": "Open incidents",
  "places.ended": "Ended in 30 days",
  "map.sentence":
    "Nothing found in {quiet, plural, one {# region} other {# regions}}; of {unknown} too little is known to say.",

  "place.sentence.open":
    "{place}, now: {headline}{count, plural, =1 {.} =2 {; and 1 more incident is open.} other {; and more incidents are open: # in all.}}",
  "place.sentence.quiet": "{place}, now: nothing found.",
  "place.sentence.few": "{place}, now: too few probes are connected to say.",
  "place.sentence.none": "{place}: no probe watches here, so nothing can be said.",
  "place.probes": "Probes connected: {probes}.",
  "place.timeline": "Timeline of the last seven days",
  "place.allIncidents": "All incidents",
  "place.networks": "Network by network",
  "place.regions": "Region by region",
  "place.partsCaption": "State now, probes connected, and sites that do not open as usual",
  "place.unwatched": "No probe is known here.",
  "place.others": "other small ones, together",
  "place.history": "The last 90 days",
  "place.historySentence":
    "{place}: {count, plural, =0 {no incident} one {# incident} other {# incidents}} in {all} days, of which {watched} were watched by enough probes.",
  "place.historyNote":
    "Each square is a day (UTC). Filled from below: the part of the day in which an incident was open. Hatched: nobody watched. Dotted: too few watched to say.",
  "place.historyLabel":
    "{name}: incidents on {bad, plural, one {# day} other {# days}}, watched on {watched} of {all}.",
  "place.historyCaption": "Days by what was open; like days in one line",
  "place.past": "Ended in the last 90 days",
  "place.pastCaption": "Incidents that ended, newest first",
  "place.pastNone": "No incident of these days has ended here.",

  "matrix.sentence":
    "{watched, plural, one {# cell is} other {# cells are}} watched; {regions, plural, =0 {in no region was an incident open} one {in # region an incident was open} other {in # regions incidents were open}} at this moment.",
  "matrix.value.connected": "Probes connected",
  "matrix.value.sites": "Sites with signs of interference",
  "matrix.value.dns": "Sites with false addresses (DNS)",
  "matrix.value.incidents": "Open incidents",
  "matrix.caption.connected": "Probes connected of those known",
  "matrix.caption.sites": "Sites with signs of interference of those measured, in two hours",
  "matrix.caption.dns": "Sites with a false address of those measured, in two hours",
  "matrix.caption.incidents": "What was open",
  "matrix.at": "Moment, local time",
  "matrix.shown": "Value",
  "matrix.before": "Back",
  "matrix.after": "Forward",
  "matrix.fiveMinutes": "5 minutes",
  "matrix.hour": "1 hour",
  "matrix.day": "1 day",
  "matrix.now": "now",
  "matrix.look.cut": "nobody connected while an incident is open there",
  "matrix.look.limited": "fewer than half connected, or a loss is open",
  "matrix.look.blocked": "signs of interference",
  "matrix.look.quiet": "as usual",
  "matrix.look.few": "one or two probes are known; no more is told, for their safety",
  "matrix.look.none": "no data: silence, which is neither fine nor down",

  "fleet.sentence": "{enough} of {all} regions have at least {needed} connected probes.",
  "fleet.days": "Connected probes, day by day",
  "fleet.daysSentence":
    "{days, plural, one {# day} other {# days}}; on {none, plural, =0 {none of them} one {# of them} other {# of them}} nothing is known.",
  "fleet.daysCaption": "Smallest and largest number connected at once; like days in one line",
  "fleet.silence": "Silence that was counted as a signal",
  "fleet.silenceNote":
    "When probes of one place fall silent together, that is no loss of data but the sign we look for. It is observed at once, and confirmed by the journals that arrive later.",
  "fleet.silenceCaption": "Losses of connection in thirty days",
  "fleet.silenceNone": "No such silence in thirty days.",
  "fleet.gaps": "Our own gaps",
  "fleet.gapsNote":
    "Times in which this collector did not run. What happened then is not known here, and no claim is made from it.",
  "fleet.gapsCaption": "Times without this collector, newest first",
  "fleet.gapsNone": "No gap is on record.",
  "fleet.gapWhat": "What it means",
  "fleet.gapMeans": "nothing received; journals of that time may have come later",
  "fleet.lag": "How fresh it is",
  "fleet.lagNote": "From the moment a probe measured to the moment the record was received.",
  "fleet.lagHalf": "Half of the records within",
  "fleet.lagMost": "19 of 20 within",
  "fleet.lagOf": "Over the newest",
  "fleet.lagNone": "nothing was received in the last day",
  "fleet.measurements": "{count, plural, one {# measurement} other {# measurements}}",
  "fleet.versions": "Versions of the probes’ program",
  "fleet.versionsNote": "A bad release would show as many probes of one version failing alike.",
  "fleet.versionsCaption": "Share of probes by version",
  "fleet.version": "Version",
  "fleet.share": "Share",
  "fleet.versionOther": "versions of one or two probes, or not stated",
} as const satisfies Record<string, string>;

/** What every language must say about places and the fleet. */
export type PlaceCatalogue = Readonly<Record<keyof typeof enPlaces, string>>;
