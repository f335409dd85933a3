import { describe, expect, it } from "vitest";
import type { CoverageCell, Incident, TargetCell } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { LANGUAGES } from "../../dashboards/translate.ts";
import { textOf } from "./markup.ts";
import { BLOCK } from "./view-incidents.ts";
import { FLEET_VIEWS, NOW_VIEWS, TIMELINE_VIEWS } from "./views.ts";

const cell = (asn: number, known: number, present = known): CoverageCell => ({
  region: "KZ-55",
  asn,
  access: "fixed",
  known,
  present,
});
/** Another region, so that the sum of the country, which is told, is not the sum of one region. */
const ELSEWHERE: CoverageCell = { ...cell(9198, 40), region: "KZ-71" };
const ONE: Incident = {
  ...BLOCK,
  witnesses: 1,
  singleWitness: true,
  causes: [{ cause: "single probe", score: 1, verdict: "untestable", because: ["only one probe saw it"] }],
};
const nowWith = (coverage: CoverageCell[], cells: TargetCell[] = []) =>
  textOf(pages.now({ ...NOW_VIEWS.quiet, recent: [], coverage: [...coverage, ELSEWHERE], cells }, "en")) +
  textOf(
    pages.fleet({ ...FLEET_VIEWS.usual, controls: { known: 9, present: 9 }, coverage: [...coverage, ELSEWHERE] }, "en"),
  );

describe("where one or two probes are known", () => {
  it("no sum of a region gives them away beside a network that is told", () => {
    const page = nowWith([cell(9198, 3), cell(29355, 1, 0)]);
    expect(page).toContain("3–5 known");
    expect(page).not.toMatch(/\b3 of 4\b/);
    expect(page).toContain("1–2 known");
    expect(page).toContain("3 of 3");
  });

  it("no sum over kinds of access does either", () => {
    const mobile: CoverageCell = { ...cell(9198, 2, 1), access: "mobile" };
    const page = nowWith([cell(9198, 4), mobile]);
    expect(page).toContain("6–10 known");
    expect(page).not.toMatch(/\b[56] of 6\b/);
  });

  it("a site's finding says one or two, never how many agree", () => {
    const finding = {
      target: "orda.kz",
      asn: 9198,
      region: "KZ-55",
      code: "tls_drop",
      lastAt: BLOCK.detectedAt,
    } as const;
    const page = nowWith([], [{ ...finding, probes: 2, agreeing: 1 }]);
    expect(page).toContain("silence at the name 1–2 probes");
    expect(page).not.toMatch(/\b1 of 2\b/);
    expect(nowWith([], [{ ...finding, probes: 3, agreeing: 2 }])).toContain("2 of 3 agree");
  });

  it.each(LANGUAGES)("an incident in %s is seen by one or two, whichever it was", (language) => {
    const text = (incident: Incident) =>
      textOf(pages.now({ ...NOW_VIEWS.oneOpenBlock, open: [incident] }, language)) +
      textOf(pages.timeline({ ...TIMELINE_VIEWS.oneOpenBlock, incidents: [incident] }, language));
    const two = {
      ...ONE,
      witnesses: 2,
      singleWitness: false,
      causes: ONE.causes.map((one) => ({ ...one, because: [] })),
    };
    expect(text(ONE)).toBe(text(two));
    expect(text(ONE)).toMatch(/1–2 (?:probes|зонда|өлшегіш), 120/);
    expect(text({ ...ONE, witnesses: 3 })).not.toBe(text(ONE));
  });
});

describe("a timeline of a place with too few probes", () => {
  it.each(LANGUAGES)("says in %s that they are too few to show, not that the collector was off", (language) => {
    const page = pages.timeline(TIMELINE_VIEWS.fewProbes, language);
    const words = {
      en: "too few probes to show",
      ru: "зондов слишком мало, чтобы показать",
      kk: "көрсетуге өлшегіш тым аз",
    };
    expect(page).toContain(`fill="url(#few)"`);
    expect(page).not.toContain(`fill="url(#hatch)"`);
    expect(page).toContain(words[language]);
    expect(page).not.toContain('<line class="level"');
  });

  it("still hatches the times in which the collector did not run", () => {
    const gaps = [{ from: "2022-01-05T00:00:00.000Z", to: "2022-01-05T03:00:00.000Z" }];
    const page = pages.timeline({ ...TIMELINE_VIEWS.fewProbes, gaps }, "en");
    expect(page).toMatch(/<rect x="25%" width="6.25%" height="100%" fill="url\(#hatch\)"/);
  });

  it("says that finding nothing there says little", () => {
    const page = textOf(pages.timeline(TIMELINE_VIEWS.fewProbes, "en"));
    expect(page).toContain("So few probes watch here that their number is not shown");
    expect(page).not.toContain("No probe was connected");
    expect(page).not.toContain("no data for this time");
  });
});
