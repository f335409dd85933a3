import type { AdminPages } from "../../admin/types.ts";
import type { MakeNotice, Notice } from "../../notice.ts";
import type { LegalView, StatementsView } from "../legal-types.ts";
import type { ReferenceView } from "../reference/view.ts";
import type { Language, Stamp } from "../told.ts";
import type { IncidentView, NowView, TargetsView, TargetView } from "./main-views.ts";
import type {
  EventsView,
  ExploreView,
  FleetView,
  IncidentsView,
  MatrixView,
  PlacesView,
  PlaceView,
  TimelinePageView,
} from "./view-types.ts";

/** Pages of text alone. */
export const TEXT_PAGES = [
  "methodology",
  "limits",
  "glossary",
  "verify",
  "data",
  "feeds",
  "cite",
  "join",
  "risks",
  "about",
] as const;
export type TextPage = (typeof TEXT_PAGES)[number];

/**
 * What makes a picture of a view as an SVG document that stands for itself: title, choice, time, source, address and a QR
 * code of it are inside. `address` is the whole permanent address of what is shown.
 */
export type Picture<View> = (view: View, language: Language, address: string) => string;

/** One view for the frame of another page: a whole HTML document without script. `address` as for pictures. */
export type Embed<View> = Picture<View>;

/** What stands for the site's own address in finished markup, until the route that sends it knows the address. */
export const SITE = "https://site.invalid";

type Shown = {
  timeline: Picture<TimelinePageView>;
  place: Picture<PlaceView>;
  target: Picture<TargetView>;
  matrix: Picture<MatrixView>;
  incident: Picture<IncidentView>;
};

/** Pages that whoever wires the program hands to the collector's server: view in, whole HTML document out. */
export type Pages = {
  now: (view: NowView, language: Language) => string;
  timeline: (view: TimelinePageView, language: Language) => string;
  incident: (view: IncidentView, language: Language) => string;
  targets: (view: TargetsView, language: Language) => string;
  target: (view: TargetView, language: Language) => string;
  places: (view: PlacesView, language: Language) => string;
  place: (view: PlaceView, language: Language) => string;
  matrix: (view: MatrixView, language: Language) => string;
  incidents: (view: IncidentsView, language: Language) => string;
  events: (view: EventsView, language: Language) => string;
  fleet: (view: FleetView, language: Language) => string;
  explore: (view: ExploreView, language: Language) => string;
  statements: (view: StatementsView, language: Language) => string;
  legal: (view: LegalView, language: Language) => string;
  /** `version`: the method at that version of the rules; null when there was no such version. */
  text: (page: TextPage, stamp: Stamp, language: Language, version?: string) => string | null;
  /** The reference of the API: all its words come with the view. */
  reference: (view: ReferenceView, language: Language) => string;
  notFound: (language: Language) => string;
  /** The page for an address that cannot be read; `detail` names what is wrong, in English. */
  refused: (detail: string, language: Language) => string;
  /** The same page without drawings, for thin lines: at most 20 KB packed with all it asks for. */
  lite: (page: string) => string;
  /** An incident in plain words, for feeds and alerts. */
  notice: MakeNotice;
  /** What tries out an address for alerts. */
  testNotice: (language: Language) => Notice;
  /** Pages of the administration, loaded when it is opened. */
  admin: () => Promise<AdminPages>;
  /** Title and subtitle of a feed; `picked` names what it is narrowed to, empty for all. */
  feed: (language: Language, picked: string) => { title: string; subtitle: string };
  pictures: Shown & { map: Picture<NowView> };
  embeds: Shown & { now: Embed<NowView> };
  /** Pictures of 1200 × 630 that messengers show beside a link. */
  cards: Pick<Shown, "place" | "target" | "incident"> & { now: Picture<NowView> };
  /** What a copy of the site as files says of itself. */
  mirror: {
    /** Markup at the head of each page (`about`: the way to the file that tells more, `at`: its moment), and in place of forms. */
    words: (language: Language, about: string, at: string) => { note: string; form: string };
    /** How pages and pictures print a moment. */
    moment: (at: string, language: Language) => string[];
  };
  /** An SVG document of ours as PNG; drawn outside the main thread. */
  png: (svg: string) => Promise<Uint8Array>;
  /** Static files (style sheet, icon, scripts): path below /assets/ to body and media type. */
  assets: ReadonlyMap<string, { body: string; type: string }>;
};
