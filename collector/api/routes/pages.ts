import type { FastifyInstance } from "fastify";
import { quarterNamed } from "../../legal/quarterly.ts";
import { utc } from "../../time.ts";
import { legalView } from "../legal-view.ts";
import { nowView } from "../now-view.ts";
import { readQuery, windowOf } from "../query.ts";
import { type Reader, stamp } from "../reader.ts";
import { statementsView } from "../statements-view.ts";
import { targetView } from "../target-view.ts";
import { targetsView } from "../targets-view.ts";
import { type Language, type Pages, TEXT_PAGES } from "../types.ts";
import { exploreView } from "../views/explore-view.ts";
import { fleetView } from "../views/fleet-view.ts";
import { eventsView, incidentsView } from "../views/lists-view.ts";
import { matrixView } from "../views/matrix-view.ts";
import { networkOf, PAGE_QUERIES } from "../views/page-query.ts";
import { placeView } from "../views/place-view.ts";
import { placesView } from "../views/places-view.ts";
import { timelinePageView } from "../views/timeline-page-view.ts";
import { addPage, type Show } from "./page.ts";
import { timelineChoice } from "./timeline.ts";

const EXPLORED_DAYS = 7;

/** Every page, each also under `/kk`, `/ru` and `/en`. */
export function addPages(app: FastifyInstance, reader: Reader, pages: Pages): void {
  const shows = {
    ...measuredPages(reader, pages),
    ...placePages(reader, pages),
    ...legalPages(reader, pages),
    ...textPages(reader, pages),
  };
  for (const [path, show] of Object.entries(shows)) addPage({ app, reader, pages }, path, show);
}

function measuredPages(reader: Reader, pages: Pages): Readonly<Record<string, Show>> {
  return {
    "/": async ({ language }) => pages.now(await nowView(reader), language),
    "/timeline": async ({ query, language }) => {
      const { events, ...choice } = readQuery(PAGE_QUERIES.timeline, query);
      const view = await timelinePageView(reader, timelineChoice(choice, reader.now()), events !== "0");
      return pages.timeline(view, language);
    },
    "/incidents": async ({ query, language }) => {
      const { page, open, ...asked } = readQuery(PAGE_QUERIES.incidents, query);
      const choice = {
        region: asked.region ?? null,
        asn: asked.asn ?? null,
        target: asked.target ?? null,
        kind: asked.kind ?? null,
        confidence: asked.confidence ?? null,
        state: asked.state ?? null,
        ...{ from: momentText(asked.from), to: momentText(asked.to), open: open === "1" },
      };
      return pages.incidents(await incidentsView(reader, choice, page), language);
    },
    "/events": async ({ query, language }) => {
      const { page, ...asked } = readQuery(PAGE_QUERIES.events, query);
      const choice = {
        ...{ kind: asked.kind ?? null, region: asked.region ?? null, page },
        ...{ from: momentText(asked.from), to: momentText(asked.to) },
      };
      return pages.events(await eventsView(reader, choice), language);
    },
    "/fleet": async ({ language }) => pages.fleet(await fleetView(reader), language),
    "/explore": async ({ query, language }) => {
      const asked = readQuery(PAGE_QUERIES.explore, query);
      const known = reader.catalogue.list.targets.some(({ id }) => id === asked.target);
      const choice = {
        ...windowOf(asked, reader.now(), EXPLORED_DAYS),
        ...{ target: known ? (asked.target ?? null) : null, region: asked.region ?? null, asn: asked.asn ?? null },
      };
      return pages.explore(await exploreView(reader, choice), language);
    },
  };
}

function placePages(reader: Reader, pages: Pages): Readonly<Record<string, Show>> {
  const places =
    (by: "region" | "network"): Show =>
    async ({ query, language }) =>
      pages.places(await placesView(reader, by, readQuery(PAGE_QUERIES.places, query).sort), language);
  const place = async (region: string | null, asn: number | null, language: Language) => {
    if (region === null && asn === null) return null;
    const view = await placeView(reader, { region, asn });
    return view === null ? null : pages.place(view, language);
  };
  return {
    "/regions": places("region"),
    "/regions/:id": ({ id, language }) => place(id, null, language),
    "/networks": places("network"),
    "/networks/:id": ({ id, language }) => place(null, networkOf(id), language),
    "/matrix": async ({ query, language }) => {
      const { at = null, value, sort } = readQuery(PAGE_QUERIES.matrix, query);
      return pages.matrix(await matrixView(reader, { at, value, sort }), language);
    },
    "/targets": async ({ query, language }) => {
      const { category = null, changed } = readQuery(PAGE_QUERIES.targets, query);
      return pages.targets(await targetsView(reader, category, changed === "7d"), language);
    },
    "/targets/:id": async ({ query, id, language }) => {
      const view = await targetView(reader, id, readQuery(PAGE_QUERIES.target, query).day ?? null);
      return view === null ? null : pages.target(view, language);
    },
  };
}

function legalPages(reader: Reader, pages: Pages): Readonly<Record<string, Show>> {
  return {
    "/statements": async ({ language }) => pages.statements(await statementsView(reader), language),
    "/legal": async ({ query, language }) => {
      const { quarter } = readQuery(PAGE_QUERIES.legal, query);
      return pages.legal(await legalView(reader, quarter === undefined ? null : quarterNamed(quarter)), language);
    },
  };
}

function textPages(reader: Reader, pages: Pages): Readonly<Record<string, Show>> {
  const texts = TEXT_PAGES.map((page): [string, Show] => [
    `/${page}`,
    async ({ language }) => pages.text(page, stamp(reader, null), language),
  ]);
  return {
    ...Object.fromEntries(texts),
    "/methodology/:id": async ({ id, language }) =>
      pages.text("methodology", stamp(reader, null), language, id.replace(/^v/, "")),
  };
}

function momentText(at: number | undefined): string | null {
  return at === undefined ? null : utc(at);
}
