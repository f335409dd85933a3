/** Elements that lite mode leaves out, with all that is in them. */
const LEFT_OUT = /<(\/?)svg\b[^>]*?(\/?)>/g;

/**
 * A page of ours without drawings, with a small style sheet, and with links that stay in this mode: tables and
 * sentences say the same. It works on finished markup, so that it holds for every page.
 */
export function litePage(page: string): string {
  return withoutDrawings(page)
    .replace('href="/assets/style.css"', 'href="/assets/lite.css"')
    .replace(/<script [^>]*><\/script>\n?/g, "")
    .replace(/<link rel="icon"[^>]*>\n?/, '<link rel="icon" href="data:,">\n')
    .replace(/ href="(\/(?:kk|ru|en)(?:[/?][^"#]*)?)(#[^"]*)?"/g, liteLink)
    .replace(/(<form [^>]*>)/g, '$1<input type="hidden" name="lite" value="1">');
}

function liteLink(_all: string, address: string, place = ""): string {
  return ` href="${address}${address.includes("?") ? "&amp;" : "?"}lite=1${place}"`;
}

/** Drawings may hold drawings: the outermost goes with all inside. */
function withoutDrawings(page: string): string {
  let [depth, at, kept] = [0, 0, ""];
  for (const found of page.matchAll(LEFT_OUT)) {
    const [tag, closes, empty] = found;
    if (depth === 0) kept += page.slice(at, found.index);
    if (closes === "/") depth = Math.max(0, depth - 1);
    else if (empty !== "/") depth += 1;
    at = found.index + tag.length;
  }
  return kept + page.slice(at);
}
