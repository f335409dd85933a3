/** What stands in the lab: cities, networks and probes, as data. AS numbers and regions are those of Kazakhstan. */

export const CITIES = [
  { slug: "almaty", region: "KZ-75", name: "Almaty" },
  { slug: "astana", region: "KZ-71", name: "Astana" },
] as const;
export type City = (typeof CITIES)[number];

/** Networks with the address of the resolver they give their subscribers. */
export const NETWORKS = [
  { slug: "kt", asn: 9198, name: "Kazakhtelecom", access: "fixed", resolver: "203.0.113.53" },
  { slug: "kcell", asn: 29355, name: "Kcell", access: "mobile", resolver: "203.0.113.54" },
  { slug: "beeline", asn: 21299, name: "Beeline", access: "mobile", resolver: "203.0.113.55" },
] as const;
export type NetworkPlace = (typeof NETWORKS)[number];

/** Witness probes: how many in which network and city. Two or more wherever the scripts make something happen. */
export const CELLS = [
  { network: "kt", city: "almaty", probes: 2 },
  { network: "kcell", city: "almaty", probes: 2 },
  { network: "kt", city: "astana", probes: 2 },
  { network: "beeline", city: "astana", probes: 2 },
] as const;

/** Control probes abroad and their countries. */
export const CONTROLS = [
  { name: "control-de", country: "DE" },
  { name: "control-nl", country: "NL" },
] as const;

/** Whom resolvers ask for names: servers of the country for `kz.`, one abroad for all else, and one that fails. */
export const AUTHORITY = { abroad: "198.51.100.55", domestic: "203.0.113.56", lame: "203.0.113.57" } as const;

/** Resolvers abroad: what a public one and DNS over HTTPS are reached at. */
export const PUBLIC_RESOLVER = "198.51.100.53";
export const DOH_ADDRESS = "198.51.100.54";
/** Port of the collector inside the lab. */
export const COLLECTOR_PORT = 8080;
/** An innocent name for handshakes that test whether it is the name that is filtered. */
export const CONTROL_NAME = "example.org";
/** An address inside a network where nothing listens: where a lying resolver sends people. */
export const NOWHERE = "203.0.113.200";

/** The one name that a white list leaves open. */
export const WHITE_LISTED = "kundelik.kz";

/** Web sites by the place of their servers. */
export const SITES = {
  abroad: [
    { name: "orda.kz", title: "Orda: news", address: "198.51.100.10" },
    { name: "azattyq.org", title: "Azattyq", address: "198.51.100.11" },
    { name: "wikipedia.org", title: "Wikipedia", address: "198.51.100.12" },
    { name: CONTROL_NAME, title: "Example", address: "198.51.100.13" },
    { name: "cloudflare.com", title: "Anchor abroad 1", address: "198.51.100.20" },
    { name: "google.com", title: "Anchor abroad 2", address: "198.51.100.21" },
  ],
  domestic: [
    { name: "vlast.kz", title: "Vlast", address: "203.0.113.10" },
    { name: "tengrinews.kz", title: "Tengrinews", address: "203.0.113.11" },
    { name: "egov.kz", title: "Domestic anchor 1", address: "203.0.113.20" },
    { name: "kaspi.kz", title: "Domestic anchor 2", address: "203.0.113.21" },
    { name: WHITE_LISTED, title: "White-listed anchor", address: "203.0.113.22" },
  ],
} as const;
