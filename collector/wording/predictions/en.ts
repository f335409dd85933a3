import type { IncidentWords } from "../words.ts";

/** What the records should show if an explanation were right, in English. */
export const enPredictions: IncidentWords["prediction"] = {
  loss: {
    "ordered cut":
      "Several networks are lost within minutes while hosts keep their power; often something stays open, such as sites at home or a short list.",
    "power cut": "Hosts start anew afterwards; home lines go, mobile lines on batteries stay.",
    "ISP fault": "Networks of one owner are lost, others beside them stay.",
    "collector fault": "Probes abroad are lost as well, and journals that arrive later tell of lines that were well.",
    "single probe": "One line alone is lost.",
    "probe update": "The program comes back in another version, and the line itself never fell.",
    "transit filter abroad": "The same part of the world abroad is dead on every network, the rest answers.",
  },
  block: {
    "ordered cut": "It fails for the name alone, in one and the same way on several networks here, and nowhere else.",
    "site fault": "Probes on networks without the filter do not reach the site either.",
    DDoS: "The site comes and goes for everybody, and answers with errors of its own.",
    "single probe": "One probe alone sees it.",
    "ISP fault": "Other names at the same address, and other sites on the same line, fail as well.",
    "transit filter abroad": "It is seen only where the way abroad leads through one other country.",
    "probe update": "It begins with a new version of the program, wherever that runs.",
    "collector fault": "Nothing of it stands in what the probes themselves recorded.",
    "power cut": "Lines are lost altogether, not single sites.",
  },
  throttle: {
    "ordered cut": "It is slow for the name alone, on several networks here, while others at the same address are not.",
    "site fault": "Control probes abroad get the site slowly as well.",
    DDoS: "Control probes abroad get the site slowly as well, and it comes and goes.",
    "ISP fault": "The control on the same line is slow as well.",
    "single probe": "One probe alone sees it.",
    "transit filter abroad": "It is seen only where the way abroad leads through one other country.",
    "probe update": "It begins with a new version of the program, wherever that runs.",
    "collector fault": "Nothing of it stands in what the probes themselves recorded.",
    "power cut": "Lines are lost altogether, not single sites.",
  },
};
