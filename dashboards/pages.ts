import type { Pages } from "../collector/api/types.ts";
import { embeds } from "./embed/embeds.ts";
import { eventsPage } from "./events-page.ts";
import { explorePage } from "./explore-page.ts";
import { fleetPage } from "./fleet-page.ts";
import { cards } from "./image/cards.ts";
import { pictures } from "./image/pictures.ts";
import { pngOf } from "./image/png.ts";
import { incidentPage } from "./incident-page.ts";
import { incidentsPage } from "./incidents-page.ts";
import { legalPage } from "./legal-page.ts";
import { litePage } from "./lite.ts";
import { matrixPage } from "./matrix-page.ts";
import { missingPage } from "./missing-page.ts";
import { nowPage } from "./now-page.ts";
import { placePage } from "./place-page.ts";
import { placesPage } from "./places-page.ts";
import { readAssets } from "./read-assets.ts";
import { referencePage } from "./reference-page.ts";
import { refusedPage } from "./refused-page.ts";
import { statementsPage } from "./statements-page.ts";
import { targetPage } from "./target-page.ts";
import { targetsPage } from "./targets-page.ts";
import { textPage } from "./text-page.ts";
import { timelinePage } from "./timeline-page.ts";
import { mirror } from "./words/mirror.ts";
import { feedWords, notice, testNotice } from "./words/notice.ts";

let assets: Pages["assets"] | null = null;

/** Every page of the dashboards: a view in, a whole HTML document out. Assets are read from disk once, when asked for. */
export const pages: Pages = {
  now: nowPage,
  timeline: timelinePage,
  incident: incidentPage,
  incidents: incidentsPage,
  targets: targetsPage,
  target: targetPage,
  statements: statementsPage,
  legal: legalPage,
  text: textPage,
  notFound: missingPage,
  notice,
  testNotice,
  feed: feedWords,
  admin: async () => (await import("./admin/pages.ts")).adminPages,
  places: placesPage,
  place: placePage,
  matrix: matrixPage,
  events: eventsPage,
  fleet: fleetPage,
  explore: explorePage,
  reference: referencePage,
  refused: refusedPage,
  lite: litePage,
  pictures,
  embeds,
  cards,
  png: pngOf,
  mirror,
  get assets() {
    assets ??= readAssets();
    return assets;
  },
};
