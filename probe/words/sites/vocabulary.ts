/** What `sites` says; `{…}` stands for a value. */
export type SitesWords = { title: string; kindsOff: string; sitesOff: string; added: string; how: string };
