import type { DeskCatalogue } from "./en-desk.ts";

/** Russian texts of the administration. */
export const ruDesk: DeskCatalogue = {
  "desk.title": "Управление",
};
