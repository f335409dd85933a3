import type { PageWords } from "./words.ts";

/** English. */
export const en: PageWords = {
  title: "Offline verifier",
  dek: "Checks a bundle of evidence on this device. Nothing you choose here leaves it: this page cannot reach a network.",
  languages: "Language",
  bundle: "The bundle",
  bundleHint: "A zip file, such as KZ-2026-0042-v3.zip. You can also drop it here.",
  key: "Key of the log",
  keyHint:
    "One line, got another way than with the bundle: from the site, from print, best from several people. Without it nobody can say whose bundle this is.",
  more: "More to hold it against",
  kept: "A head of the log that you or others kept",
  growth: "The log’s proof between both heads (JSON)",
  policy: "Witnesses whom you trust (a policy file)",
  replay: "Judge the records again, where they are enclosed; that can take a minute",
  check: "Check",
  again: "Check again",
  waiting: "Choose a bundle, then press Check.",
  working: "Checking …",
  noFile: "Choose a bundle first.",
  tooLarge: "The file is larger than a bundle may be.",
  unread: "The file cannot be read.",
  noBundle:
    "This file is packed as archives are (gzip) and is no bundle (.zip). Archives are checked by the command 'kuager verify'.",
  wrong: {
    key: "The key is none. It looks like name+hash+key, on one line.",
    policy: "The policy cannot be read:",
    growth: "The proof cannot be read:",
  },
  fault: "A fault of this page, not of the bundle:",
  result: "Result",
  groups: { fails: "What is wrong", unjudged: "What cannot be judged", holds: "What holds" },
  calls: "The file calls itself:",
  pdf: "This page holds PDFs against the signed list, but does not make them again; “kuager verify” does.",
  trust: "Get this page from somebody other than whoever gave you the bundle.",
  all: "show all",
};
