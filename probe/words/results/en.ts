import type { ResultWords } from "./vocabulary.ts";

export const en: ResultWords = {
  none: "Nothing has been measured yet.",
  noneOf: "Nothing has been measured yet of {target}. What is measured: kuager probe sites",
  title: "What this probe saw last, site by site:",
  titleOf: "What this probe saw of {target}, newest first:",
  outcomes: {
    opened: "opened",
    refusal: "the site answered with an error ({status})",
    notice: "a notice that the site is blocked came in its place",
    stranger: "something answered that could not prove to be the site",
    noName: "did not open: the address of the site could not be found out",
    noConnection: "did not open: nobody answered at the site's address",
    noSecure: "did not open: the secure connection broke off at its beginning",
    noPage: "did not open: the connection was made, the page did not come",
    answers: "can be reached",
    silent: "cannot be reached",
  },
  local: "something on this computer or line may explain it",
  opened: "Opened or reached: {open} of {all}.",
  caution:
    "A site that does not open is consistent with blocking, and also with a fault of the site or of the line. One probe alone cannot tell; the collector compares it with others.",
};
