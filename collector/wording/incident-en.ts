import { counted, fewOf } from "./plural.ts";
import { enPredictions } from "./predictions/en.ts";
import type { IncidentWords, Length } from "./words.ts";

const unit = (count: number | undefined, name: string) => (count === undefined ? [] : [`${count}\u00a0${name}`]);

/** English. */
export const enIncident: IncidentWords = {
  probes: (count) => counted("en", count, { one: "probe", other: "probes" }),
  fewProbes: (most) => `${fewOf(most)} ${most === 1 ? "probe" : "probes"}`,
  measurements: (count) => counted("en", count, { one: "measurement", other: "measurements" }),
  bySilence: "by their silence",
  length: ({ days, hours, minutes, seconds }: Length) =>
    [...unit(days, "d"), ...unit(hours, "h"), ...unit(minutes, "min"), ...unit(seconds, "s")].join(" "),
  lengths: (least, most) => `between ${least} and ${most}`,
  more: (list, count) => `${list} and ${count} more`,
  allRegions: "all watched regions",
  allNetworks: "all watched networks",
  kind: {
    block: "Blocking",
    interception: "Interception",
    throttle: "Slowing down",
    shutdown: "Cut of the internet",
    outage: "Loss of connection",
  },
  extent: {
    total: "the internet is cut off",
    "domestic-only": "only sites inside Kazakhstan open",
    whitelist: "only a short list of sites opens",
    "dns-only": "names of sites are not found",
    "mobile-only": "mobile internet is cut off",
    "partial-port": "some kinds of connection do not pass",
    degraded: "the connection works badly",
  },
  extentEnded: {
    total: "the internet was cut off",
    "domestic-only": "only sites inside Kazakhstan opened",
    whitelist: "only a short list of sites opened",
    "dns-only": "names of sites were not found",
    "mobile-only": "mobile internet was cut off",
    "partial-port": "some kinds of connection did not pass",
    degraded: "the connection worked badly",
  },
  access: { fixed: "home lines", mobile: "mobile internet" },
  method: {
    dns_tamper: "The provider’s directory gives a false address for the site’s name, or none at all.",
    tcp_block: "The site’s address refuses or swallows every connection, while probes elsewhere get through.",
    tls_reset: "The connection is broken off right after the site’s name is sent.",
    tls_drop: "The connection goes silent right after the site’s name is sent.",
    tls_mitm:
      "Somebody between the reader and the site answers with a certificate of their own, and could read what is sent.",
    http_block: "The connection ends or goes silent once the page is asked for.",
    block_page: "Another page, such as an authority’s notice, comes in place of the site.",
    throttled:
      "The site loads far slower than another site on the same line in the same minute; congestion would slow both.",
    goodput: "The site loads far slower than a control site does on the same line in the same minutes.",
    handshake:
      "Connections to the site take far longer to begin than to a control site on the same line in the same minutes.",
    shutdown: "Probes that are expected here fell silent together.",
    outage:
      "Probes fell silent together; so far this is as consistent with a fault or a power cut as with an ordered cut.",
  },
  unknownMethod: (code) => `Code of the method: ${code}.`,
  headline: {
    block: ({ targets }) => `${targets}: signs of blocking`,
    interception: ({ targets }) => `${targets}: signs of interception`,
    throttle: ({ targets }) => `${targets}: signs of slowing down`,
    shutdown: ({ regions, extent }) => `${regions}: ${extent}`,
    outage: ({ regions }) => `${regions}: connection lost`,
  },
  finding: {
    block: ({ targets, networks, regions, when }) =>
      `${when}, ${targets} did not open as usual on ${networks} in ${regions}; this is consistent with blocking.`,
    interception: ({ targets, networks, regions, when }) =>
      `${when}, encrypted connections to ${targets} on ${networks} in ${regions} met a stranger’s certificate; this is consistent with interception.`,
    throttle: ({ targets, networks, regions, when }) =>
      `${when}, ${targets} loaded far slower than control sites on the same lines of ${networks} in ${regions}; this is consistent with slowing down on purpose.`,
    shutdown: ({ networks, regions, extent, when }) =>
      `${when}, probes on ${networks} in ${regions} lost their connection together (${extent}), in a way consistent with an ordered cut.`,
    outage: ({ networks, regions, when }) =>
      `${when}, probes on ${networks} in ${regions} lost their connection together; an ordered cut is not the leading explanation.`,
  },
  began: (from) => `From ${from} on`,
  beganAndEnded: (from, to) => `From ${from} until ${to}`,
  confidence: { observed: "observed", probable: "probable", confirmed: "confirmed" },
  howSure: (confidence) => `How sure the measurement is: ${confidence}.`,
  sure: {
    block: {
      observed:
        "Observed: few probes saw it, or what they saw has no proof inside it. It may still turn out otherwise.",
      probable: "Probable: several probes of the place saw the same, round after round.",
      confirmed:
        "Confirmed: at least three probes saw the same independently, or each of two carries its own technical proof.",
    },
    throttle: {
      observed:
        "Observed: it is slow against a control whose path may be another one, so that congestion is not ruled out.",
      probable:
        "Probable: it is slow against a control at the same address or beside it, on one network and on few probes.",
      confirmed:
        "Confirmed: it is slow against a control at the same address or beside it, on several networks or for at least five probes.",
    },
    loss: {
      observed: "Observed: probes fell silent together. Their journals have not told yet what they saw.",
      probable: "Probable: journals that arrived later tell the same of some of the silent lines.",
      confirmed: "Confirmed: the journals of at least three probes, written while they were cut off, tell the same.",
    },
  },
  attribution: {
    none: { name: "not established", means: "No claim is made: these records do not show who is responsible." },
    claimed: {
      name: "claimed",
      means:
        "An office or operator has said in public that it was ordered; their words stand under “Statements”. The records neither show it nor refute it.",
    },
    documented: {
      name: "documented",
      means:
        "A document that names an authority is on file, under “Legal basis”. That what was measured follows from it is not shown by the records.",
    },
  },
  notes: {
    startUnknown: "It was so when watching began: this is the first sighting, and the true start lies before it.",
    endUnknown: "Nobody has been able to measure it since: the true end may lie later.",
    open: "open, as far as is known",
    singleWitness: "Only one probe saw this; its measurements carry the proof in themselves.",
    fewWitnesses: "few witnesses",
    scales: "How sure a measurement is, and who is responsible, are two scales and are never mixed.",
  },
  cause: {
    "ordered cut": "ordered cut",
    "power cut": "power cut",
    "ISP fault": "fault at the provider",
    "collector fault": "fault of our collector",
    "single probe": "one probe only",
    "site fault": "fault of the site",
    DDoS: "attack that floods the site",
    "transit filter abroad": "filter in another country",
    "probe update": "update of our probes",
  },
  causeOfSite: { "ordered cut": "filter in the networks here" },
  held: {
    supported: "consistent with the records",
    contradicted: "contradicted by the records",
    untestable: "cannot be tested",
  },
  prediction: enPredictions,
  leading: (cause) =>
    `The leading explanation is: ${cause}. That is how the records weigh against each other; it is not proof.`,
  notClaimed: [
    "Who did it, or by what order.",
    "Why it happened. Events stand beside it by time alone.",
    "That everybody in the place had it: probes of volunteers are few, and not chosen by lot.",
    "That every page of a site, or every way to it, was concerned.",
    "That nothing happened where no probe watched.",
  ],
  lag: {
    after: (length) => `The incident began ${length} after it.`,
    before: (length) => `The incident began ${length} before it.`,
    about: (length) => `The incident began about the same time, at most ${length} apart.`,
    base: (days, withIncident) =>
      `Of ${counted("en", days, { one: "watched day", other: "watched days" })} without such an event, ${withIncident} had such an incident.`,
  },
  legal: {
    basis: {
      "court decision": "court decision",
      "administrative order": "administrative order",
      "no known legal basis": "no known legal basis: none was found, which is not to say that there is none",
      "not yet known": "not yet known",
    },
    registry: {
      listed_court: "listed in the public registry, with a court named",
      listed_no_court: "listed in the public registry; no court is named there",
      not_listed:
        "not in the public registry when it was asked; that alone shows little, as nobody must publish it any more",
      lookup_failed: "the registry could not be asked; that is not the same as “not listed”",
    },
  },
  statement: {
    claim: {
      denies: "denies it",
      confirms: "confirms it",
      explains: "explains it",
      announces: "announces it",
      "does not know": "says that it does not know",
    },
    body: {
      state: "state body",
      operator: "operator",
      host: "host of the site",
      publisher: "publisher",
      organisation: "organisation",
      other: "other",
    },
    names: (cause) => `Explanation named: ${cause}.`,
    watched: (min, max) => `${min}–${max} probes connected`,
    notYet: "there was no probe yet: nothing can be said",
    notWatched: "no probe watched: nothing can be said",
    few: "too few probes watched to show their number",
    noIncident: "no incident found",
    noHypothesis: "Nothing in it can be tested.",
    hypothesis: {
      "no disruption": "nothing was disturbed",
      "no order": "there was no order",
    },
    reason: {
      records: "by the incidents named",
      mixed: "the incidents speak for and against it",
      "no incident": "no incident of that time and place was found to test it on",
      watched: "enough probes watched, and none found an incident",
      "not watched": "no probe, or too few, watched",
      "not measured": "probes do not see who gave an order",
    },
  },
  changed: {
    judgement: "what happened is judged anew",
    start: "further records moved the start",
    end: "further records moved the end",
    confidence: "the confidence changed",
    scope: "the scope changed",
    witnesses: "the witnesses changed",
    explanation: "further records changed its explanation",
  },
  change: {
    first: "first published",
    records: "records that came later",
    review: "review by people",
    merged: "merged with another incident",
    split: "split off from another incident",
    tombstone: "withdrawn; kept reachable",
  },
  erratum: "The version before held a fault of ours.",
};
