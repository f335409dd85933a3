/** English texts of the administration. */
export const enDesk = {
  "desk.title": "Administration",
} as const satisfies Record<string, string>;

/** What every language must say in the administration. */
export type DeskCatalogue = Readonly<Record<keyof typeof enDesk, string>>;
