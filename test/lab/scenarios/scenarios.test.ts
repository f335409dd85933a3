import { expect, test } from "vitest";
import { planNet } from "../net/plan.ts";
import { expectedOf } from "../report/truth.ts";
import { SITES } from "../world/places.ts";
import { cellsOf } from "../world/scope.ts";
import { BLOCKS, probePlaces, topology } from "../world/topology.ts";
import { scenarios } from "./index.ts";

test.each([true, false])("every act that must be found hits cells with two probes or more (quick: %s)", (quick) => {
  const probesOf = (cell: string) =>
    probePlaces().filter(({ network, city }) => `${network.asn}@${city.region}` === cell).length;
  for (const act of scenarios(quick).flatMap(({ acts }) => acts)) {
    expect(act.toS).toBeGreaterThan(act.fromS);
    const expected = expectedOf(act);
    if (expected === null) continue;
    const { cells, targets } = expected;
    expect(cells.length).toBeGreaterThan(0);
    for (const cell of cells) expect(probesOf(cell)).toBeGreaterThanOrEqual(2);
    for (const target of targets) expect(SITES.abroad.map(({ name }) => name)).toContain(target);
  }
});

test("the lab is eight probes in two cities and three networks, and its addresses fit their blocks", () => {
  const places = probePlaces();
  expect(places).toHaveLength(8);
  expect(new Set(places.map(({ city }) => city.region)).size).toBe(2);
  expect(new Set(places.map(({ network }) => network.asn)).size).toBe(3);
  const plan = planNet(topology(), BLOCKS);
  const addresses = plan.links.flatMap(({ childAddress, parentAddress }) => [childAddress, parentAddress]);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test("networks and regions together mean watched cells, and nothing means all of them", () => {
  expect(cellsOf([9198], [])).toEqual(["9198@KZ-75", "9198@KZ-71"]);
  expect(cellsOf([], ["KZ-71"])).toEqual(["9198@KZ-71", "21299@KZ-71"]);
  expect(cellsOf([], [])).toHaveLength(4);
  expect(cellsOf([29355], ["KZ-71"])).toEqual([]);
});

test("scenarios have names of their own, and all but those of look-alikes expect something", () => {
  const names = scenarios(false).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const silent = scenarios(false).filter(({ acts }) => acts.every((act) => expectedOf(act) === null));
  expect(silent.map(({ name }) => name)).toEqual([
    ...["collector-cut", "captive-portal", "cable-pulled", "vpn"],
    ...["throttle", "ddos", "closed-abroad"],
  ]);
});
