import { ZIP_WORDS } from "../evidence/zip-problems.ts";
import type { VerifyWords } from "./word-list.ts";

/** English words. */
export const enVerify: VerifyWords = {
  absent: {
    witnesses: "Who else saw this log: no line of a witness is enclosed.",
    stamp:
      "When the records were in the log at the latest: no keeper of time stamped it, or the stamp is not enclosed.",
    calendar: "Whether the records were in the log by some block of Bitcoin: no OpenTimestamps proof is enclosed.",
  },
  states: { holds: "holds", fails: "FAILS", unjudged: "cannot be judged" },
  verdict: {
    holds: "Nothing that could be checked is wrong.",
    fails: "This was changed, or is not whole. Do not rely on it.",
  },
  zip: ZIP_WORDS,
  checks: {
    form: {
      holds: "The file has the form it should have.",
      fails: "The file has not the form it should have; wrong or missing:",
      unjudged: "The form was not checked.",
    },
    files: {
      holds: "No data file was changed, added or taken away.",
      fails: "Data files were changed, added or taken away:",
      unjudged: "Data files were not compared.",
    },
    tagFiles: {
      holds: "No file beside the data was changed, added or taken away.",
      fails: "Files beside the data were changed, added or taken away:",
      unjudged: "Files beside the data were not compared.",
    },
    signature: {
      holds: "The list of files is signed by the key of the log.",
      fails: "The list of files is not signed by the key of the log:",
      unjudged: "The signature was not checked.",
    },
    key: {
      holds: "The key is the one you gave.",
      fails: "The key in the bundle is not the one you gave:",
      unjudged: "Whose key it is. Get it another way and give it (--key). The bundle names:",
    },
    facts: {
      holds: "incident.json can be read.",
      fails: "incident.json cannot be read:",
      unjudged: "incident.json was not read.",
    },
    layout: {
      holds: "No file is missing, and none is there that nobody knows of.",
      fails: "Files are missing, or there that do not belong here:",
      unjudged: "The list of files was not looked at.",
    },
    derived: {
      holds: "Reports, tables and texts say what incident.json says.",
      fails: "These do not say what incident.json says:",
      unjudged: "Reports: they were made by another version of the program:",
    },
    head: {
      holds: "The head of the log is signed by its key and is the one that the bundle speaks of.",
      fails: "The head of the log is not signed by its key, or is not the one that the bundle speaks of:",
      unjudged: "The head of the log was not checked.",
    },
    keptHead: {
      holds: "The head that was kept and this one belong to one log that only grew. Sizes:",
      fails:
        "The log was rewritten, or shows different people different things: these two heads cannot belong to one log that only grew. Sizes:",
      unjudged:
        "Whether the log was rewritten for you alone. Compare with a head that others kept (--checkpoint), and with the log’s proof between both (--growth):",
    },
    history: {
      holds: "The log goes on from all earlier heads that are enclosed.",
      fails: "The log does not go on from earlier heads:",
      unjudged: "Earlier heads were not checked.",
    },
    witnesses: {
      holds: "Witnesses whom you named saw this log as it is here, at these sizes and times:",
      fails: "Lines of witnesses do not hold, or are not enough by your policy:",
      unjudged: "Who else saw this log. Name witnesses whom you trust in a policy (--witnesses). Lines stand here by:",
    },
    stamp: {
      holds:
        "Somebody whom you trust stamped a head of this log. When, by whom, and how many of the records were in it by then:",
      fails: "The time stamp is no good, or by nobody whom you trust:",
      unjudged:
        "When the records were in the log at the latest, by a keeper of time. Name roots that you trust (--tsa-ca), or ask openssl (VERIFY):",
    },
    calendar: {
      holds: "The OpenTimestamps proof holds.",
      fails: "The OpenTimestamps proof is no good:",
      unjudged:
        "When the records were in the log at the latest, by Bitcoin: look these up with anybody who keeps its blocks:",
    },
    inclusion: {
      holds: "Every enclosed record is in the log at its place. Records:",
      fails: "Records are not in the log as the bundle says:",
      unjudged: "Whether the records are in the log: there is no proof of it here.",
    },
    entries: {
      holds: "Every record is signed by its probe and in its chain. Records, and numbers that are not enclosed:",
      fails: "Records are not signed by their probe, or not in its chain:",
      unjudged: "Signatures and chains of probes: the signed texts are not enclosed.",
    },
    places: {
      holds: "Every record stands in the list where it belongs.",
      fails: "Records stand in a list where they do not belong:",
      unjudged: "Lists were not compared.",
    },
    counts: {
      holds: "The numbers told are those of the enclosed files.",
      fails: "The numbers told are not those of the enclosed files:",
      unjudged: "Numbers were not compared.",
    },
    replay: {
      holds: "Judged again, the records give the same incident.",
      fails: "Judged again, the records do not give what the bundle says:",
      unjudged:
        "Whether the records give the incident: they are not all enclosed, or rules or lists are of another version:",
    },
    verdicts: {
      holds: "Judged again, the measurements give the same verdicts.",
      fails: "Judged again, measurements give other verdicts:",
      unjudged: "Some verdicts: they rest on records that are not enclosed, or on another version or other lists:",
    },
  },
};
