import { expect, test } from "vitest";
import { pages } from "../../../dashboards/pages.ts";
import { PLACE_VIEWS } from "../place-views.ts";
import { incident } from "../view-parts.ts";

const cut = incident({ id: "cut", kind: "outage", regions: ["KZ-75"], asns: [21299], end: null });
const [first, second, third, lumped] = PLACE_VIEWS.quiet.rows;
const rows = [first, second, lumped, third].flatMap((row) => (row === undefined ? [] : [row]));
const view = { ...PLACE_VIEWS.quiet, rows, open: [cut], incidents: [cut] };
const names = (svg: string) =>
  [...svg.matchAll(/class="(?:soft )?px-19" x="0" y="\d+">([^<]+)</g)].map(([, name]) => name);

test("the card of a place shows the network that something is open in before others, and how many more there are", () => {
  const [quiet, shown] = [{ ...view, open: [], incidents: [] }, view].map((one) =>
    names(pages.cards.place(one, "ru", "https://kuager.example/ru/regions/KZ-75")),
  );
  expect(shown).toHaveLength(4);
  expect(quiet?.[0]).not.toBe(shown?.[0]);
  expect(shown?.slice(1, 3)).toEqual(quiet?.slice(0, 2));
  expect(shown?.at(-1)).toBe("и ещё 1");
});
