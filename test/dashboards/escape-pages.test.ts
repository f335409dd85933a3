import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NowView, TimelinePageView } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { tagsOf } from "./markup.ts";
import { NASTY } from "./nasty.ts";
import {
  EVENTS_VIEWS,
  EXPLORE_VIEWS,
  FLEET_VIEWS,
  INCIDENT_VIEWS,
  INCIDENTS_VIEWS,
  MATRIX_VIEWS,
  NOW_VIEWS,
  PLACE_VIEWS,
  PLACES_VIEWS,
  TARGET_VIEWS,
  TARGETS_VIEWS,
  TIMELINE_VIEWS,
} from "./views.ts";

/** Fields whose text decides what a page shows (codes, times), not only how it reads. */
const CODES = new Set(
  "kind extent access confidence cause verdict sanctioned precision grade state code value sort by timeZone region regions place category categories day hostedIn from to".split(
    " ",
  ),
);
const MOMENT = /^\d{4}-\d\d-\d\dT/;

/** A view whose free texts, ids, names and addresses all end in a tilde and `text`. */
function poisoned<T>(value: T, text: string, key = ""): T {
  const spoil = (one: unknown, name: string): unknown => {
    if (typeof one === "string") return CODES.has(name) || MOMENT.test(one) ? one : `${one}~${text}`;
    if (Array.isArray(one)) return one.map((item: unknown) => spoil(item, name));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([member, item]) => [member, spoil(item, member)]));
  };
  // The cast is sound: only the content of strings has changed.
  return spoil(value, key) as T;
}

const skeleton = (page: string) => tagsOf(page).map((tag) => `${tag.name} ${tag.attributes.join()}`);
const now = (view: NowView) => skeleton(pages.now(view, "en"));
const timeline = (view: TimelinePageView) => skeleton(pages.timeline(view, "kk"));

describe("no text of a view", () => {
  it("breaks out of the first page", () => {
    const clean = now(poisoned(NOW_VIEWS.manyIncidents, "x"));
    fc.assert(
      fc.property(NASTY, (text) => {
        expect(now(poisoned(NOW_VIEWS.manyIncidents, text))).toEqual(clean);
      }),
      { numRuns: 60 },
    );
  });

  it("breaks out of a timeline", () => {
    const clean = timeline(poisoned(TIMELINE_VIEWS.cityCut, "x"));
    fc.assert(
      fc.property(NASTY, (text) => {
        expect(timeline(poisoned(TIMELINE_VIEWS.cityCut, text))).toEqual(clean);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["an incident", (text: string) => pages.incident(poisoned(INCIDENT_VIEWS.cityCut, text), "ru")],
    ["the list of sites", (text: string) => pages.targets(poisoned(TARGETS_VIEWS.all, text), "en")],
    ["a site", (text: string) => pages.target(poisoned(TARGET_VIEWS.blocked, text), "kk")],
    ["all regions", (text: string) => pages.places(poisoned(PLACES_VIEWS.regions, text), "en")],
    ["all networks", (text: string) => pages.places(poisoned(PLACES_VIEWS.networks, text), "ru")],
    ["a region", (text: string) => pages.place(poisoned(PLACE_VIEWS.cut, text), "kk")],
    ["the matrix", (text: string) => pages.matrix(poisoned(MATRIX_VIEWS.incidents, text), "en")],
    ["incidents", (text: string) => pages.incidents(poisoned(INCIDENTS_VIEWS.chosen, text), "ru")],
    ["events", (text: string) => pages.events(poisoned(EVENTS_VIEWS.all, text), "kk")],
    ["the fleet", (text: string) => pages.fleet(poisoned(FLEET_VIEWS.usual, text), "en")],
    ["the page to explore", (text: string) => pages.explore(poisoned(EXPLORE_VIEWS.share, text), "ru")],
  ] as const)("breaks out of the page of %s", (_name, make) => {
    const clean = skeleton(make("x"));
    fc.assert(
      fc.property(NASTY, (text) => {
        expect(skeleton(make(text))).toEqual(clean);
      }),
      { numRuns: 40 },
    );
  });

  it("passes for a name that every object has", () => {
    const cell = { region: "constructor", asn: null, access: null, known: 5, present: 5 };
    expect(pages.fleet({ ...FLEET_VIEWS.usual, coverage: [cell] }, "en")).toContain(">constructor</a></th>");
  });
});
