/** Whether this system's time zone database knows the IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether a target's id is the host of its address (with or without `www.`) and its path where there is one. */
export function nameHoldsUrl(id: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  const path = pathname.replace(/\/$/, "");
  const bare = hostname.replace(/^www\./, "");
  return id === hostname + path || id === bare + path;
}

/**
 * Movements that courts in Kazakhstan have banned. Visiting their pages can be prosecuted as taking part, so no list
 * that reaches a volunteer's line may name them, whoever wrote the list.
 */
const BANNED = [
  /(?:^|[^\p{L}\p{N}])(?:dvk|dck|qdt|двк|қдт)(?:$|[^\p{L}\p{N}])/iu,
  /kosh?e[\s._-]*part[iy]|көше[\s-]*парти|коше[\s-]*парти/iu,
  /democratic[\s._-]*choice[\s._-]*of[\s._-]*ka[zs]akh?stan/iu,
  /демократическ\p{L}+\s+выбор\p{L}*\s+казахстан/iu,
  /қазақстанның\s+демократиялық\s+таңдауы/iu,
];

/** Whether any of the texts (id, address, names) names a movement banned by a court. */
export function namesBannedMovement(texts: readonly string[]): boolean {
  return texts.some((text) => BANNED.some((pattern) => pattern.test(text)));
}
