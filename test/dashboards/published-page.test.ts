import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { pages } from "../../dashboards/pages.ts";
import { bibtex, cff } from "../../dashboards/words/citation.ts";
import { LEGAL_VIEWS, STATEMENTS_VIEWS } from "./law-views.ts";
import { textOf } from "./markup.ts";
import { decoded } from "./nasty.ts";
import { PUBLISHED_VIEWS } from "./published-views.ts";

const LANGUAGES = ["kk", "ru", "en"] as const;
const page = (name: keyof typeof PUBLISHED_VIEWS, language: (typeof LANGUAGES)[number] = "en") =>
  pages.incident(PUBLISHED_VIEWS[name], language);
const text = (name: keyof typeof PUBLISHED_VIEWS) => textOf(page(name));

describe("the page of a published incident", () => {
  it("shows number and version first, and two scales that are never one", () => {
    expect(text("published")).toMatch(/KZ-2022-0001 version 3/);
    expect(text("published")).toMatch(/What was measured ●●● confirmed .* Who is responsible □□ not established/);
    expect(text("documented")).toMatch(/Who is responsible ■■ documented/);
    expect(text("tombstone")).toMatch(/Who is responsible □□ not established/);
  });

  it("lists every version with what changed and a way to compare", () => {
    expect(page("published")).toContain('href="/en/i/KZ-2022-0001/v3?diff=2"');
    expect(text("published")).toMatch(
      /v2 .*records that came later start, how sure, edges of parts, rules of the analysis/,
    );
    expect(text("published")).toContain("review by people, role: reviewer");
  });

  it("says first that it was corrected, withdrawn, merged, or that a newer version is there", () => {
    expect(text("published")).toContain("Correction. The version before was wrong by a fault of ours.");
    expect(text("tombstone")).toContain("Withdrawn on");
    expect(page("merged")).toMatch(/Merged into <a href="\/en\/i\/KZ-2022-0002">KZ-2022-0002<\/a>/);
    expect(page("documented")).toMatch(/Split off <a href="\/en\/i\/KZ-2026-0040">/);
    expect(page("oldVersion")).toMatch(
      /This is version 2, .* <a href="\/en\/i\/KZ-2022-0001">The newest version is 3<\/a>/,
    );
  });

  it("holds two versions against each other in words, and counts no witnesses where they were one or two", () => {
    const told = text("oldVersion");
    expect(told).toMatch(/how sure observed probable/);
    expect(told).toMatch(/witnesses 11 probes|witnesses 11 1–2 probes/);
    expect(told).toMatch(/networks Kazakhtelecom \(AS9198\) Kazakhtelecom \(AS9198\), Kcell \(AS29355\)/);
  });

  it("can be cited for ever: text, BibTeX, CFF, and a code for the whole address", () => {
    expect(text("published")).toContain("https://kuager.example/i/KZ-2022-0001/v3 (licence CC BY 4.0)");
    expect(page("published")).toContain('class="qr"');
    expect(page("documented")).not.toContain('class="qr"');
    expect(text("documented")).toContain("Put the name of this server before the address.");
  });

  it("offers the bundle with its hash, the drafts in three languages, feed and embed", () => {
    const made = page("published");
    expect(made).toContain('href="/bundles/KZ-2022-0001-v3.zip"');
    expect(textOf(made)).toContain("1.8 MB");
    for (const kind of ["un", "request", "prosecutor", "court"])
      for (const language of LANGUAGES) expect(made).toContain(`/drafts/KZ-2022-0001-v3-${kind}.${language}.txt`);
    expect(made).toContain('href="/en/embed/i/KZ-2022-0001"');
    expect(made).toContain('href="/feeds/incidents.atom"');
    expect(text("oldVersion")).toContain("made when it is first asked for");
  });

  it("puts what was said beside what was measured, with the test of what it claims", () => {
    expect(text("published")).toMatch(/An invented ministry .* explains.* power cut : ✕ contradicted by the records/);
    expect(text("published")).toContain(
      "there was no order : ? cannot be tested (probes do not see who gave an order)",
    );
  });

  it("names no court where the registry names none, and never says illegal", () => {
    expect(text("documented")).toContain("listed in the public registry; no court is named there");
    expect(text("documented")).toContain("The lookup failed (generic_timeout_error); that says nothing of the site.");
    for (const name of Object.keys(PUBLISHED_VIEWS))
      for (const language of LANGUAGES)
        expect(pages.incident(PUBLISHED_VIEWS[name as keyof typeof PUBLISHED_VIEWS], language)).not.toMatch(
          /illegal|незаконн|заңсыз/i,
        );
  });

  it.each(LANGUAGES)("weighs less than 80 KB packed in %s, style sheet and all", (language) => {
    const sheet = pages.assets.get("style.css")?.body ?? "";
    for (const view of Object.values(PUBLISHED_VIEWS))
      expect(gzipSync(pages.incident(view, language)).length + gzipSync(sheet).length).toBeLessThan(80_000);
  });

  it("keeps its address in every language, and names the version that never changes", () => {
    expect(page("published", "ru")).toContain('hreflang="kk" href="/kk/i/KZ-2022-0001"');
    expect(page("published", "ru")).toContain('href="/ru/i/KZ-2022-0001/v3">/ru/i/KZ-2022-0001/v3');
    expect(page("oldVersion")).toContain('hreflang="kk" href="/kk/i/KZ-2022-0001/v2?diff=1"');
  });
});

describe("the pages of law", () => {
  it("say how many incidents stand on what basis, and hold registry and measurements in four cells", () => {
    const told = textOf(pages.legal(LEGAL_VIEWS.some, "en"));
    expect(told).toContain(
      "2026-Q4: 2 published incidents of sites or services; by court 1, by order 0, no known legal basis 0, not yet known 1.",
    );
    expect(told).toMatch(/Listed 1 orda\.kz\s+1 vlast\.kz/);
    expect(textOf(pages.legal(LEGAL_VIEWS.empty, "en"))).toContain("This collector asks no registry");
  });

  it("tell of each statement who, when, what, and what the records say", () => {
    const told = textOf(pages.statements(STATEMENTS_VIEWS.some, "ru"));
    expect(told).toContain("2 заявления о неполадках");
    expect(told).toContain("противоречит записям");
    expect(textOf(pages.statements(STATEMENTS_VIEWS.none, "kk"))).toContain("мәлімдеме жазылмаған");
  });
});

describe("citations", () => {
  const [version] = PUBLISHED_VIEWS.published.publication?.versions ?? [];
  const nasty = {
    headline: 'a "quoted" {name} & 50 % _of_ $ #1\\',
    address: "https://kuager.example/i/x",
    license: "CC BY 4.0",
  };
  it("cannot be broken out of by what a headline holds", () => {
    if (version === undefined) throw new Error("no version");
    const bib = bibtex({ version, ...nasty });
    expect(bib).toContain('title = "a quoted name \\& 50 \\% \\_of\\_ \\$ \\#1 (KZ-2022-0001-v3)"');
    const line =
      cff({ version, ...nasty })
        .split("\n")
        .find((one) => one.startsWith("title: ")) ?? "";
    expect(JSON.parse(line.slice(7))).toBe(`${nasty.headline} (KZ-2022-0001-v3)`);
    expect(decoded(bib)).toBe(bib);
  });
});
