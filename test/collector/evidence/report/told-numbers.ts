/** Numbers in a text, as numbers: "05" and 5 are the same. */
export function numbersIn(text: string): string[] {
  return [...new Set(text.match(/\d+/g) ?? [])].map((digits) => digits.replace(/^0+(?=\d)/, ""));
}

/** What a reader of an HTML page reads: no style, no head, no markup; texts of drawings included. */
export function readable(html: string): string {
  const body = html.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/<head>[\s\S]*?<\/head>/, "");
  const spoken = [...body.matchAll(/aria-label="([^"]*)"/g)].map(([, text]) => text).join(" ");
  return `${body.replaceAll(/<[^>]+>/g, " ")} ${spoken}`
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
