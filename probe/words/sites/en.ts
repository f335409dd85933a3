import type { SitesWords } from "./vocabulary.ts";

export const en: SitesWords = {
  title: "Sites that are checked from here: {count}",
  kindsOff: "Kinds left out: {kinds}.",
  sitesOff: "Sites left out by you: {sites}.",
  added: "Added by the collector since you agreed: {sites}.",
  how: "To leave a site out: kuager probe sites --without SITE. To have it back: --with SITE.",
};
