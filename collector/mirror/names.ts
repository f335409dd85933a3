import { sha256Hex } from "../../protocol/hash.ts";

const KNOWN = /\.(?:css|js|svg|png|csv|ndjson|json|geojson|parquet|atom|ics|txt|zip|sha256|html|tlog)$/;
const RAW = /^\/api\/v1\/log\//;
const ENDINGS: readonly (readonly [type: RegExp, ending: string])[] = [
  [/^text\/html/, ".html"],
  [/json/, ".json"],
  [/^text\/plain/, ".txt"],
];
const MARK = 12;

/**
 * The file of an address, below the mirror's folder: `/kk/targets/orda.kz` is `kk/targets/orda.kz.html`, so that it opens
 * without a server, and many servers find it under its old address. A query becomes a part of the name.
 */
export function fileOf(address: string, type: string): string {
  const { pathname, search } = new URL(address, "http://mirror");
  const parts = pathname
    .split("/")
    .filter((part) => part !== "")
    .map(safePart);
  const isHtml = type.startsWith("text/html");
  if (parts.length === 0 || (isHtml && /^\/(?:kk|ru|en)\/?$/.test(pathname))) parts.push("index.html");
  const path = parts.join("/");
  if (RAW.test(pathname) && search === "") return path;
  const [ending = ""] = KNOWN.exec(path) ?? [];
  const own = isHtml && ending !== ".html" ? "" : ending;
  const wanted = own !== "" ? own : (ENDINGS.find(([pattern]) => pattern.test(type))?.[1] ?? "");
  const stem = own === "" ? path : path.slice(0, -own.length);
  const mark = search === "" ? "" : `~${sha256Hex(search).slice(0, MARK)}`;
  return `${stem}${mark}${wanted}`;
}

/** A part of a path as a name that every file system takes; what was changed is told apart by a hash. */
function safePart(part: string): string {
  const text = decoded(part);
  const safe = text
    .replace(/[^\w.@~-]/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 120);
  return safe === text ? text : `${safe}~${sha256Hex(text).slice(0, MARK)}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The way from one file to another, such as `../assets/style.css`. */
export function relativeTo(from: string, to: string): string {
  const [here, there] = [from.split("/").slice(0, -1), to.split("/")];
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  const up = here.slice(same).map(() => "..");
  // A name that holds a colon would else be read as a scheme; ours never do.
  return [...up, ...there.slice(same)].map(encodeURIComponent).join("/");
}
