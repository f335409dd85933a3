/** Tells texts apart that differ in more than the moment at which they were made. */
export type Moments = {
  /** A text without the moment of this run. */
  readonly without: (text: string) => string;
  /** An address without it: as known at the moment of the run is as known now. */
  readonly ownAddress: (address: string) => string;
};

/** `at` is the moment of the run in RFC 3339 UTC, `told` how pages print it. */
export function momentsOf(at: string, told: readonly string[]): Moments {
  const forms = [at, at.replace(/\.000Z$/, "Z")];
  const words = [...told, ...forms].sort((a, b) => b.length - a.length);
  const asOf = new RegExp(`([?&])as_of=(?:${forms.map((text) => text.replaceAll(".", "\\.")).join("|")})(?:&|$)`);
  const printed = new RegExp(`<time datetime="${at}">.*?</time> <span class="utc">.*?</span></span>`, "g");
  return {
    without: (text) => words.reduce((rest, word) => rest.replaceAll(word, ""), text.replaceAll(printed, "")),
    ownAddress: (address) => address.replace(asOf, "$1").replace(/[?&]$/, ""),
  };
}
