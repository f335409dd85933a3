import fc from "fast-check";

const PIECES = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  "-->",
  "<!--",
  "]]>",
  "</title>",
  "</svg>",
  "javascript:alert(1)",
  "&lt;b&gt;",
  "&#60;",
  "`$" + "{1}`",
  "{count}",
  "\u0000",
  "\u202e",
  "\ud800",
  "%22%3E",
  "__proto__",
  "constructor",
];

/** Text that tries to leave the place it is put in, mixed with any text at all. */
export const NASTY = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 12 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(""));

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#96;": "`",
  "&amp;": "&",
};

/** Text as a browser reads it back. */
export function decoded(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#39|#96|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
