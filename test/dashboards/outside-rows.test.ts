import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OutsideRow } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { tagsOf } from "./markup.ts";
import { decoded, NASTY } from "./nasty.ts";
import { OUTSIDE } from "./outside-views.ts";
import { TIMELINE_VIEWS } from "./timeline-views.ts";

const VIEW = TIMELINE_VIEWS.measuredByOthers;
const page = (outside: OutsideRow[]) => pages.timeline({ ...VIEW, outside }, "en");
const pageText = (markup: string) => decoded(markup.replace(/<[^>]*>/g, " ").replace(/[ \n]+/g, " "));

describe("rows of other projects on the timeline", () => {
  it("are not mentioned where nothing is kept", () => {
    expect(page([])).not.toContain('id="outside"');
  });

  it("tell their scale, terms, the moment of receipt and the very bytes", () => {
    const markup = page(OUTSIDE);
    const text = pageText(markup);
    expect(text).toContain("IODA: ping-slash24");
    expect(text).toContain("0 to 2\u202f942, as given");
    expect(text).toContain("0 to 10, as given");
    expect(text).toContain("Cloudflare Radar: CC BY-NC 4.0");
    expect(text).toContain("7\u00a0January 2022");
    expect(markup).toContain('href="/api/v1/outside/1"');
  });

  it("tell marked times, with or without an end", () => {
    const text = pageText(page(OUTSIDE));
    expect(text).toContain("Outage, nationwide");
    expect(text).toContain("without an end when received");
  });

  it("show a value that was not given as none, and never as nought", () => {
    const trends = OUTSIDE.filter(({ signal }) => signal === "gtr");
    const drawing = /<svg class="outside"[\s\S]*?<\/svg><\/svg>|<svg class="outside"[\s\S]*?<\/svg>/.exec(
      page(trends),
    )?.[0];
    expect(drawing?.match(/url\(#hatch\)/g)).toHaveLength(1);
    expect(drawing).toMatch(/class="outside-none" x1="0%" x2="8\.333%"/);
    const line = /class="outside-line" d="([^"]*)"/.exec(drawing ?? "")?.[1] ?? "";
    // One stroke before the hole and one after it; neither goes down to the foot.
    expect(line.match(/M/g)).toHaveLength(2);
    expect([...line.matchAll(/(?:V|M\d+ )(\d+)H/g)].every(([, y]) => Number(y) < 1000)).toBe(true);
  });

  it("are drawn on the middle where all values are alike, and without any value not at all", () => {
    const [first] = OUTSIDE;
    const flat = { ...first, low: 0, high: 0, buckets: [{ ...ENDS, min: 0, max: 0 }] } as OutsideRow;
    expect(page([flat])).toMatch(/outside-line" d="M0 530H10000"/);
    const none = { ...first, low: null, high: null, buckets: [{ ...ENDS, min: null, max: null }] } as OutsideRow;
    expect(page([none])).not.toContain("outside-line");
  });

  it("never let a word of the source out of its place", () => {
    const spoilt = (text: string) =>
      OUTSIDE.map((row) => ({
        ...row,
        ...{ signal: text, licence: text, target: text, entity: { type: text, code: text } },
        spans: row.spans.map((span) => ({ ...span, label: text })),
      }));
    const skeleton = (text: string) =>
      tagsOf(page(spoilt(text))).map(({ name, attributes }) => `${name} ${attributes.join()}`);
    const clean = skeleton("x");
    fc.assert(
      fc.property(NASTY, (text) => {
        expect(skeleton(text)).toEqual(clean);
      }),
      { numRuns: 60 },
    );
  });
});

const ENDS = { from: VIEW.from, to: VIEW.to };
