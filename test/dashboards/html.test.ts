import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, html, markupOf } from "../../dashboards/html.ts";
import { decoded, NASTY } from "./nasty.ts";

describe("html", () => {
  it("escapes what is put into text and attributes", () => {
    const page = html`<p title="${'"><script>'}">${"</p>&'`"}</p>`;
    expect(markupOf(page)).toBe('<p title="&quot;&gt;&lt;script&gt;">&lt;/p&gt;&amp;&#39;&#96;</p>');
  });

  it("takes markup, lists and numbers as they are, and nothing for null, undefined and false", () => {
    expect(markupOf(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}${null}${undefined}${false}</ul>`)).toBe(
      "<ul><li>1</li><li>2</li></ul>",
    );
  });

  it("lets no text close its element or its attribute", () => {
    fc.assert(
      fc.property(NASTY, (text) => {
        expect(escapeText(text)).not.toMatch(/[<>"'`]/);
        expect(markupOf(html`<i title="${text}">${text}</i>`).match(/[<>]/g)).toHaveLength(4);
      }),
    );
  });

  it("keeps ordinary text whole", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N} <>&"'`/=]*$/u), (text) => {
        expect(decoded(escapeText(text))).toBe(text);
      }),
    );
  });

  it("shows control characters and direction overrides instead of obeying them", () => {
    expect(escapeText("a\u0000b\u202ec\u2066d\ud800")).toBe("a\ufffdb\ufffdc\ufffdd\ufffd");
  });

  it("does not take an object from outside for markup", () => {
    const forged: unknown = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');
    // The cast stands for a view whose field is not what its type says.
    expect(() => markupOf(html`${forged as string}`)).toThrow(TypeError);
  });

  it("is used with quotes around every attribute", () => {
    const root = fileURLToPath(new URL("../../dashboards/", import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const bare = readFileSync(`${root}${file}`, "utf8").match(/<[^>`]*\s[\w-]+=\$\{/g);
      expect(bare, file).toBeNull();
    }
  });
});
