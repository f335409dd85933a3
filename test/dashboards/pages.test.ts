import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Language, Pages } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { LANGUAGES } from "../../dashboards/translate.ts";
import { EVERY_PAGE } from "./every-page.ts";
import { nestingFaults, tagsOf, textOf } from "./markup.ts";
import { TIMELINE_VIEWS } from "./views.ts";

type Case = { name: string; language: Language; page: string };

const CASES: Case[] = LANGUAGES.flatMap((language) => [
  ...[...EVERY_PAGE].map(([name, make]) => ({ name, language, page: make(language) })),
  { name: "missing", language, page: pages.notFound(language) },
]);

const CAUSAL =
  /\bbecause\b|\bdue to\b|\bcaused? by\b|as a result|из-за|потому|вследствие|в результате|по причине|поэтому|себебі|салдарынан|сондықтан|кесірінен|өйткені/iu;

describe.each(CASES)("page $name in $language", ({ name, language, page }) => {
  it("is one whole document in its language", () => {
    expect(page.startsWith("<!doctype html>")).toBe(true);
    expect(nestingFaults(page)).toEqual([]);
    expect(page).toContain(`<html lang="${language}">`);
    for (const other of LANGUAGES) expect(page).toContain(`hreflang="${other}" href="/${other}`);
    expect(page.match(/<h1>/g)).toHaveLength(1);
  });

  it("holds no script of its own, no inline style and no address of another server", () => {
    const attributes = tagsOf(page).flatMap((tag) => tag.attributes);
    const scripts = [...page.matchAll(/<script\b[^>]*>([^<]*)/g)].map(([tag]) => tag);
    const script = name.startsWith("now/") ? "live" : name.startsWith("explore/") ? "explore" : null;
    expect(scripts).toEqual(script === null ? [] : [`<script src="/assets/${script}.js" defer>`]);
    expect(attributes.filter((attribute) => attribute === "style" || attribute.startsWith("on"))).toEqual([]);
    expect(page).not.toMatch(/(?:href|src|action)="(?:[a-z]+:|\/\/)/i);
  });

  it("gives each id once and points only at ids it has", () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const pointers = [...page.matchAll(/(?:href="#|url\(#|for="|aria-labelledby=")([^")]+)[")]/g)].map(([, id]) => id);
    for (const pointer of pointers) expect(ids).toContain(pointer);
  });

  it("never says that one thing made another happen", () => {
    expect(textOf(page)).not.toMatch(CAUSAL);
  });

  it("leaves nothing unsaid in its texts", () => {
    expect(textOf(page)).not.toMatch(/undefined|\[object|NaN|Invalid|\{\w+\}|M\d\d /);
  });

  it("stays within its weight, packed as it is sent", () => {
    expect(gzipSync(page).length / 1024).toBeLessThan(45);
  });
});

describe("assets", () => {
  it("hold the style sheet and the icon, with their media types", () => {
    expect(pages.assets.get("style.css")?.type).toBe("text/css; charset=utf-8");
    expect(pages.assets.get("icon.svg")?.type).toBe("image/svg+xml; charset=utf-8");
    expect(pages.assets.get("../pages.ts")).toBeUndefined();
  });

  it("fetch nothing themselves and weigh little beside a page", () => {
    const sheet = pages.assets.get("style.css")?.body ?? "";
    expect(sheet).not.toMatch(/@import|url\(/);
    expect(gzipSync(sheet).length).toBeLessThan(10 * 1024);
  });
});

describe("addresses", () => {
  const timeline: Pages["timeline"] = pages.timeline;
  it("keep region, network and window when the language changes", () => {
    const page = timeline(TIMELINE_VIEWS.oneOpenBlock, "ru");
    const href = "/kk/timeline?region=KZ-75&amp;asn=9198&amp;from=2026-11-20T18:40:00Z&amp;to=2026-11-21T18:40:00Z";
    expect(page).toContain(`<a href="${href}" lang="kk" hreflang="kk">`);
  });

  it("freeze the state of knowledge in the permalink", () => {
    expect(timeline(TIMELINE_VIEWS.quiet, "en")).toContain("&amp;as_of=2026-11-21T18:40:00Z");
  });

  it("ask each kind of data only for what its interface knows", () => {
    const page = timeline(TIMELINE_VIEWS.oneOpenBlock, "en");
    expect(page).toMatch(/\/api\/v1\/events\.csv\?region=KZ-75&amp;from=[^"]+to=[^"&]+"/);
    expect(page).toMatch(/\/api\/v1\/presence\.csv\?region=KZ-75&amp;asn=9198&amp;from=/);
  });
});
