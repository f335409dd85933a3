import { describe, expect, it } from "vitest";
import { ticksOf } from "../../dashboards/chart/scale.ts";
import { pages } from "../../dashboards/pages.ts";
import { textOf } from "./markup.ts";
import { EXPLORE_VIEWS, INCIDENTS_VIEWS, TARGETS_VIEWS } from "./views.ts";

const LANGUAGES = ["kk", "ru", "en"] as const;

describe("in its first minutes the site", () => {
  it("says of sites that none was measured, not that none fails", () => {
    const [view] = Object.values(TARGETS_VIEWS);
    if (view === undefined) throw new Error("no view");
    const text = textOf(pages.targets({ ...view, cells: [] }, "en"));
    expect(text).toContain("None was measured in the last two hours, so nothing can be said of them now.");
    expect(text).not.toContain("none fails");
  });

  it("says that too few probes watch where no incident is on record", () => {
    expect(textOf(pages.incidents({ ...INCIDENTS_VIEWS.none, few: true }, "en"))).toContain(
      "no incident is on record. Too few probes watch to show one",
    );
    expect(textOf(pages.incidents(INCIDENTS_VIEWS.none, "en"))).not.toContain("Too few probes");
  });

  it("says what to do where nothing is there to explore", () => {
    const empty = { ...EXPLORE_VIEWS.presence, presence: [] };
    expect(textOf(pages.explore(empty, "en"))).toContain("Choose an earlier or a longer time");
    expect(textOf(pages.explore(EXPLORE_VIEWS.presence, "en"))).not.toContain("Choose an earlier or a longer time");
  });

  it.each([5, 20, 60, 240])("marks times on a timeline of %i minutes", (minutes) => {
    const fromMs = Date.parse("2026-11-28T11:00:00.000Z");
    const { ticks } = ticksOf({ fromMs, toMs: fromMs + minutes * 60_000 }, "Asia/Almaty");
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(9);
  });
});

describe("a list of incidents", () => {
  it("counts neither withdrawn nor merged ones, and marks them with what a reader must know", () => {
    const page = pages.incidents(INCIDENTS_VIEWS.standing, "en");
    const text = textOf(page);
    expect(text).toContain("Kazakhstan: 3 incidents");
    expect(text).toContain("2 more are listed that were withdrawn or merged into another number");
    expect(text).toMatch(/Withdrawn on 2[12] November 2026/);
    expect(text).toContain("Ошибка при проверке");
    expect(text).toContain("Merged into KZ-2026-1000");
    expect(text).toContain("More is known since: a further version will tell it.");
    expect(text).toContain("KZ-2026-1000 v2");
    expect(page.match(/<s>/g)).toHaveLength(2);
  });

  it.each(LANGUAGES)(
    "keeps the state that was chosen in its form, its data and its other languages (%s)",
    (language) => {
      const choice = { ...INCIDENTS_VIEWS.standing.choice, state: "withdrawn" as const };
      const page = pages.incidents({ ...INCIDENTS_VIEWS.standing, choice }, language);
      expect(page).toMatch(/<option value="withdrawn" selected>(?:кері алынған|отозван|withdrawn)<\/option>/);
      expect(page).toContain("/api/v1/incidents.csv?state=withdrawn");
      for (const other of LANGUAGES) expect(page).toContain(`/${other}/incidents?state=withdrawn`);
    },
  );

  it.each(LANGUAGES)("does so in %s", (language) => {
    expect(textOf(pages.incidents(INCIDENTS_VIEWS.standing, language))).toContain("KZ-2026-1001 v2");
  });
});
