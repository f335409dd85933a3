import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSecondLook, type Open } from "../../../collector/analysis/second-look.ts";
import { SETTINGS } from "../../../collector/analysis/settings.ts";
import { okPage, probeOf, T0, tcpTimeout, tlsDrop, tlsDropUnproved } from "./build.ts";
import { measureRounds, run, type World, worldOf } from "./world.ts";

const OTHERS = ["vlast.kz", "rus.azattyq.org", "wikipedia.org"];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const witnesses = ["a", "b"].map((letter) => probeOf(letter));
const control = probeOf("c", { role: "control", region: "DE", asn: 3320, access: null });
const [first = probeOf("a")] = witnesses;

/** A control's journal of one result, received so long after it was measured. */
function late(world: World, measuredAt: number, body = okPage(), afterMs = 5 * HOUR) {
  world.write(control, measuredAt, { kind: "web", body }, { received: measuredAt + afterMs });
}
const codes = (world: World) =>
  run(world.items).verdicts.map(({ probe, seq, verdict }) => [probe.slice(0, 2), seq, verdict.code]);

describe("a measurement that was left open", () => {
  it("is judged again when a control's journal of its moment arrives hours later", () => {
    const world = worldOf([...witnesses, control]);
    world.write(first, T0 + HOUR, { kind: "web", body: tlsDropUnproved() });
    late(world, T0 + HOUR + MINUTE);
    expect(codes(world)).toEqual([
      ["61", 1, "inconclusive"],
      ["61", 1, "tls_drop"],
    ]);
  });

  it("is decided either way: the late control may show that the site was down", () => {
    const world = worldOf([...witnesses, control]);
    world.write(first, T0 + HOUR, { kind: "web", body: tlsDropUnproved() });
    late(world, T0 + HOUR - MINUTE, tcpTimeout());
    expect(codes(world).at(-1)).toEqual(["61", 1, "site_down"]);
  });

  it("stays open when the control's result is of another hour, or says no more", () => {
    const world = worldOf([...witnesses, control]);
    world.write(first, T0 + HOUR, { kind: "web", body: tlsDropUnproved() });
    late(world, T0 + 2 * HOUR);
    expect(codes(world)).toEqual([["61", 1, "inconclusive"]]);
  });

  it("is forgotten after two days", () => {
    const world = worldOf([...witnesses, control]);
    world.write(first, T0 + HOUR, { kind: "web", body: tlsDropUnproved() });
    late(world, T0 + HOUR + MINUTE, okPage(), SETTINGS.controlKeepMs + 2 * MINUTE);
    expect(codes(world)).toEqual([["61", 1, "inconclusive"]]);
  });

  it("is not judged again once it was decided", () => {
    const world = worldOf([...witnesses, control]);
    world.write(first, T0 + HOUR, { kind: "web", body: tlsDrop() });
    world.write(first, T0 + HOUR + 2 * MINUTE, { kind: "web", body: okPage() });
    late(world, T0 + HOUR + MINUTE, tcpTimeout());
    expect(codes(world).map(([, , code]) => code)).toEqual(["ok", "tls_drop"]);
  });

  it("gives the same verdicts whatever ticks come between", () => {
    const world = worldOf([...witnesses, control]);
    for (const [index, probe] of witnesses.entries())
      for (let round = 0; round < 6; round++)
        world.write(probe, T0 + round * 15 * MINUTE + index * MINUTE, { kind: "web", body: tlsDropUnproved() });
    for (let round = 0; round < 6; round++)
      late(world, T0 + round * 15 * MINUTE + 3 * MINUTE, okPage(), 9 * HOUR - round * 15 * MINUTE);
    measureRounds(world, { probes: witnesses, targets: OTHERS, from: T0, rounds: 6, cadenceMs: 15 * MINUTE });
    const plain = run(world.items);
    expect(plain.verdicts.filter(({ verdict }) => verdict.code === "tls_drop")).toHaveLength(12);
    // What the detector learns late opens the block that it could not see in time.
    expect(plain.incidents).toMatchObject([{ kind: "block", method: "tls_drop", targets: ["orda.kz"] }]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 * HOUR }), { maxLength: 20 }), (moments) => {
        const ticks = moments.map((at) => ({ type: "tick" as const, at: T0 + at }));
        expect(run([...world.items, ...ticks])).toEqual(plain);
      }),
      { numRuns: 20 },
    );
  });
});

it("a late verdict by contrast counts for no block where the probe's other targets failed as well", () => {
  const sight = ({ target }: { target: string }) => tlsDropUnproved(`https://${target}/`);
  const blocksOf = (others: typeof sight | undefined) => {
    const world = worldOf([...witnesses, control]);
    const plan = { probes: witnesses, from: T0, rounds: 8, cadenceMs: 15 * MINUTE };
    measureRounds(world, { ...plan, targets: OTHERS, ...(others && { sight: others }) });
    measureRounds(world, { ...plan, targets: ["orda.kz"], sight });
    for (let round = 0; round < 8; round++) late(world, T0 + (round * 15 + 5) * MINUTE, okPage(), 6 * HOUR);
    const { incidents, verdicts } = run(world.items);
    expect(verdicts.filter(({ verdict }) => verdict.code === "tls_drop").length).toBeGreaterThan(8);
    return incidents.length;
  };
  expect([blocksOf(undefined), blocksOf(sight)]).toEqual([1, 0]);
});

describe("the memory of open measurements", () => {
  type Named = Open & { name: string };
  const one = (name: string, measuredAt = T0): Named => ({ name, measuredAt, cadenceMs: 1 });
  const small = { ...SETTINGS, openKept: 2, openKeptInAll: 3 } as unknown as typeof SETTINGS;
  const names = (memory: ReturnType<typeof createSecondLook<Named>>, target: string) =>
    memory.near(target, T0, T0).map(({ name }) => name);

  it("forgets the one kept longest, of a target and of all", () => {
    const memory = createSecondLook<Named>(small, () => true);
    for (const name of ["1", "2", "3"]) memory.keep("x", one(name), T0);
    expect(names(memory, "x")).toEqual(["2", "3"]);
    memory.keep("y", one("4"), T0);
    memory.keep("y", one("5"), T0);
    expect([names(memory, "x"), names(memory, "y")]).toEqual([["3"], ["4", "5"]]);
  });

  it("keeps nothing that is too old, and gives nothing that has become so", () => {
    const memory = createSecondLook<Named>(SETTINGS, () => true);
    memory.keep("x", one("old", T0 - SETTINGS.controlKeepMs - 1), T0);
    memory.keep("x", one("new"), T0);
    expect(names(memory, "x")).toEqual(["new"]);
    expect(memory.near("x", T0, T0 + SETTINGS.controlKeepMs + 1)).toEqual([]);
  });
});
