import type { DeskCatalogue } from "./en-desk.ts";

/** Kazakh texts of the administration. */
export const kkDesk: DeskCatalogue = {
  "desk.title": "Басқару",
};
