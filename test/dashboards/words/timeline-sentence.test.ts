import { describe, expect, it } from "vitest";
import type { TimelineView } from "../../../collector/api/types.ts";
import { contextOf } from "../../../dashboards/context.ts";
import { pages } from "../../../dashboards/pages.ts";
import { timelineNotes, timelineSentence } from "../../../dashboards/words/timeline-sentence.ts";
import { textOf } from "../markup.ts";
import { TIMELINE_VIEWS } from "../views.ts";

const plain = (text: string) => text.replace(/\u00a0/g, " ");
const say = (view: TimelineView) => plain(timelineSentence(contextOf(view, "en"), view));
const notes = (view: TimelineView) =>
  timelineNotes(contextOf(view, "en"), view, { language: "en", zone: "Asia/Almaty" }).map(plain);

describe("the sentence over a timeline", () => {
  it("names the gravest incident, its length within bounds, and how many there are", () => {
    expect(say(TIMELINE_VIEWS.cityCut)).toBe(
      "Almaty: the internet was cut off (10 h 9 min – 10 h 40 min, confirmed); 2 incidents in all.",
    );
  });

  it("says nothing found only with the number that watched", () => {
    expect(say(TIMELINE_VIEWS.quiet)).toBe("Nothing found, with 11–12 probes connected.");
  });

  it("counts probes in Russian by the greater number of a range", () => {
    const [point] = TIMELINE_VIEWS.quiet.coverage;
    if (point === undefined) throw new Error("the view has no coverage");
    const of = (min: number, max: number) =>
      plain(
        timelineSentence(contextOf(TIMELINE_VIEWS.quiet, "ru"), {
          ...TIMELINE_VIEWS.quiet,
          coverage: [{ ...point, min, max }],
        }),
      );
    expect([of(0, 3), of(0, 24), of(11, 12), of(20, 21)]).toEqual([
      "Ничего не найдено; на связи было 0–3 зонда.",
      "Ничего не найдено; на связи было 0–24 зонда.",
      "Ничего не найдено; на связи было 11–12 зондов.",
      "Ничего не найдено; на связи было 20–21 зонд.",
    ]);
  });

  it("tells nobody watching apart from no data", () => {
    const { nothingKnown } = TIMELINE_VIEWS;
    expect(say(nothingKnown)).toBe("No probe was connected: nothing can be said.");
    const off = nothingKnown.coverage.map((point) => ({ ...point, min: null, max: null }));
    expect(say({ ...nothingKnown, coverage: off })).toBe(
      "This collector has no data for this time: nothing can be said.",
    );
    expect(textOf(pages.timeline(nothingKnown, "en"))).not.toContain("No incident was found in this time");
  });

  it("adds the largest fall, our own gaps and what was only reported", () => {
    expect(notes(TIMELINE_VIEWS.cityCut)).toEqual([
      "Largest fall: from 12 to 1 connected probes, 5 January 2022, 16:30–16:40 (UTC+6) = 10:30–10:40 UTC.",
      "One report by press and NGOs, not measured by us.",
    ]);
    expect(notes(TIMELINE_VIEWS.collectorGap)).toEqual([
      "The collector did not run for 3 h 20 min of this time; what happened then is not known here.",
    ]);
    expect(notes(TIMELINE_VIEWS.quiet)).toEqual([]);
  });

  it("calls it no fall where nobody was connected before either", () => {
    const { nothingKnown } = TIMELINE_VIEWS;
    const nobody = nothingKnown.coverage.map((point) => ({ ...point, min: 0, max: 0 }));
    expect(nobody.length).toBeGreaterThan(1);
    expect(notes({ ...nothingKnown, coverage: nobody })).toEqual([]);
  });
});
