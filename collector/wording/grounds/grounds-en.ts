import type { Told } from "../../../protocol/incident.ts";
import type { GroundWords } from "./ground-words.ts";

const told = (count: Told) => (typeof count === "number" ? String(count) : `${count.atLeast} or more`);
const others = (count: Told) => (count === 1 ? "1 other" : `${told(count)} others`);

const OF_ONE_OWNER = "networks of one owner (no independent witnesses of where it comes from)";

/** English. */
export const enGrounds: GroundWords = {
  plain: {
    "one-probe": "only one probe saw it",
    "foreign-page": "the page in its place is one of another country",
    "page-on-record": "a certificate or page came in its place that is on record in this country",
    "name-alone":
      "it fails for the name alone: the same address answers another, or the answer shows itself to be false",
    "few-paired-tests": "few paired tests show that the name is what it depends on",
    "no-paired-test": "no paired test shows that the name is what it depends on",
    alike: "on each network it fails in one and the same way",
    unlike: "it fails now in one way, now in another",
    "never-let-through": "while it went on, those who saw it were never let through",
    "let-through-at-times": "those who saw it were let through now and then",
    "step-recorded": "the probes themselves recorded the step that failed; nothing that is ours makes one",
    "hardly-any-control": "hardly any control measured the site meanwhile",
    "controls-mostly-reached": "controls mostly reached the site",
    "controls-often-failed": "controls often did not reach the site either",
    "controls-mostly-failed": "controls mostly did not reach the site either",
    "controls-came-and-went": "for controls the site came and went",
    "controls-got-errors": "controls got errors of the server itself",
    "controls-got-no-error": "controls got no error of the server itself",
    "owner-unmeasured-elsewhere": `${OF_ONE_OWNER}; nobody measured it on others`,
    "network-unmeasured-elsewhere": "one network; nobody measured it on others",
    "owner-unsampled-elsewhere": "one owner's networks; nobody sampled it on others",
    "hosted-inside": "the site stands in the country: the way to it leads through no other",
    "on-transit-list": "the name is on record as filtered in a country through which the way leads",
    "not-on-transit-list": "the name is not on record as filtered on the way",
    "no-transit-names": "no other names filtered on the way were measured",
    "transit-names-fail":
      "other names filtered on the way fail for the same probes, names that are not filtered there pass",
    "transit-names-pass": "other names filtered on the way pass for the same probes",
    "transit-names-mixed": "some names filtered on the way fail, others pass",
    "software-unknown": "what software the probes run is not known",
    "software-just-updated":
      "only probes that had just been updated see it; those of other versions beside them do not",
    "software-one-version": "only probes of one version see it; those of other versions beside them do not",
    "software-shared": "probes or controls of the same version do not see it",
    "software-several": "probes of several versions see it",
    "fetched-together": "target and control are fetched by one program within half a minute of each other",
    "pair-near": "the control at the same address, or beside it, is not slow: a full line slows both",
    "pair-far": "the control stands elsewhere: its way may be another one",
    "control-speed-kept": "the control kept the speed it had before",
    "one-speed": "the target comes at about one speed on lines of very different speed, as behind a limit",
    "speed-varies": "the target's speed varies from line to line as the control's does",
    "controls-usual-speed": "control probes got the site at its usual speed in the same hours",
    "controls-no-speed": "no control probe sampled the site's speed in the same hours",
    "controls-uneven": "for controls the site came and went, or answered with errors of its own",
    "controls-steady": "for controls the site was steadily there",
    "heard-over-dns": "hosts were still heard over DNS, and by no other way",
    "hosts-restarted": "hosts started anew: their power was gone",
    "gateways-gone": "hosts stayed up, their own gateways were gone",
    "hosts-and-gateways-up": "hosts and their gateways stayed up, the way beyond was gone",
    "hosts-up": "hosts stayed up",
    "some-hosts-lost-power": "some of the hosts had lost their power",
    "program-updated": "the program came back in another version on the same boot",
    "program-restarted": "the program was started again on the same boot, and saw no fall of the line",
    "program-kept": "the program was not replaced",
    "lines-were-well": "the probes' own journals say that their lines were well",
    "controls-lost": "probes abroad were lost to the collector too",
    "controls-in-touch": "probes abroad stayed in touch with the collector",
    "only-two-probes": "only two probes",
    "owner-one-region": "networks of one owner in one region",
    "network-one-region": "one network in one region",
    "mobile-lost": "mobile lines were lost, fixed ones beside them stayed",
    "fixed-lost": "fixed lines were lost, mobile ones beside them stayed",
    "resolvers-gone":
      "the resolvers of several providers were gone as well: an accident at their common gateway leaves them",
    "city-at-once":
      "all networks of one city at once: an accident at their common gateway would look the same from here",
    "half-hour": "it began within two minutes of a full or half hour",
    "owner-at-night": "one owner's networks at night, when works are done",
    "found-probable": "an incident was found there and is probable",
    "found-confirmed": "an incident was found there and is confirmed",
  },
  counted: {
    "probes-saw": ({ probes }) => `${told(probes)} probes saw it independently`,
    "controls-reached": ({ looks }) => `controls abroad reached the site all the while, in ${told(looks)} looks`,
    "some-controls-failed": ({ without, controls }) =>
      `${told(without)} of ${told(controls)} controls abroad mostly did not reach it either, the others did: part of its servers may fail`,
    "networks-of-owners": ({ networks, owners }) => `${told(networks)} networks of ${told(owners)} owners at once`,
    "networks-sharing-owners": ({ networks, owners }) =>
      `${told(networks)} networks of ${told(owners)} owners at once (those that share an owner are no independent witnesses of where it comes from)`,
    "owner-open-elsewhere": (counts) => `only ${OF_ONE_OWNER}; on ${others(counts.others)} it was open meanwhile`,
    "network-open-elsewhere": (counts) => `one network only; on ${others(counts.others)} it was open meanwhile`,
    "owner-not-slow-elsewhere": (counts) =>
      `one owner's networks only; on ${others(counts.others)} it was not slow meanwhile`,
    "dns-hops-near": ({ hops }) =>
      `the false answer of DNS came from ${told(hops)} hops away: too near for another country`,
    "dns-hops": ({ hops }) => `the false answer of DNS came from ${told(hops)} hops away`,
    "anchors-same-part": ({ networks }) =>
      `the same part of the anchors abroad was dead on all ${told(networks)} networks, the rest answered`,
    "probes-lost": ({ probes }) => `${told(probes)} probes were lost together`,
    "networks-in-regions": ({ networks, regions }) => `${told(networks)} networks in ${told(regions)} regions`,
    "network-in-regions": ({ regions }) => `one network in ${told(regions)} regions`,
    "networks-in-region": ({ networks }) => `${told(networks)} networks in one region`,
  },
  open: {
    "dns-only": "only names did not resolve",
    degraded: "part of the world abroad still answered",
    "domestic-only": "sites inside the country stayed open, those abroad not",
    whitelist: "only names of the white list stayed open",
    "partial-port": "some ports passed, that of the web did not",
  },
  degree: {
    total: "total",
    "dns-only": "dns-only",
    degraded: "degraded",
    "domestic-only": "domestic-only",
    whitelist: "whitelist",
    "partial-port": "partial-port",
  },
  journals: (list) => `(journals: ${list})`,
};
