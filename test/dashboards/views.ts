/** The one door to the fixtures: realistic views for tests and previews. All of it is invented. */
export { EVENTS_VIEWS, EXPLORE_VIEWS, INCIDENTS_VIEWS } from "./list-views.ts";
export { NOW_VIEWS } from "./now-views.ts";
export { FLEET_VIEWS, MATRIX_VIEWS, PLACE_VIEWS, PLACES_VIEWS } from "./place-views.ts";
export { INCIDENT_VIEWS, TARGET_VIEWS, TARGETS_VIEWS } from "./record-views.ts";
export { TIMELINE_VIEWS } from "./timeline-views.ts";
export { NAMES } from "./view-names.ts";
export { AS_OF, fleet, incident, shift } from "./view-parts.ts";
