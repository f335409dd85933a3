/** What the rules ask of a URL. */
export type UrlParts = {
  /** In lower case without a final dot; null where the URL names none. */
  readonly host: string | null;
  readonly port: number;
  readonly secure: boolean;
};

/** URLs that were read lately: an archive has a few for each target, and asks for them with each measurement. */
const READ = new Map<string, UrlParts | null>();
const READ_MOST = 4096;

/** Reads a URL (WHATWG); null when the text is none. */
export function urlParts(text: string): UrlParts | null {
  const known = READ.get(text);
  if (known !== undefined) return known;
  if (READ.size >= READ_MOST) READ.clear();
  const parts = URL.canParse(text) ? partsOf(new URL(text)) : null;
  READ.set(text, parts);
  return parts;
}

/** Host of a URL in lower case without a final dot; null when the text is no URL. */
export function hostOf(text: string): string | null {
  return urlParts(text)?.host ?? null;
}

/** A name in lower case without a final dot. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function partsOf({ hostname, port, protocol }: URL): UrlParts {
  return {
    host: hostname === "" ? null : plainName(hostname),
    port: port === "" ? (protocol === "http:" ? 80 : 443) : Number(port),
    secure: protocol === "https:",
  };
}
