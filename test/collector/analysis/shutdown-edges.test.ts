import { describe, expect, it } from "vitest";
import { link, probeOf, T0 } from "./build.ts";
import {
  ALMATY,
  ASTANA,
  BACK,
  CONTROLS,
  CUT,
  comeBack,
  MINUTE,
  phase,
  quietWorld,
  secondsFrom,
  silence,
} from "./cuts.ts";
import { run } from "./world.ts";

describe("cuts that flap, and probes that are hard to place", () => {
  it("a cut that flaps while it ends is one incident, with the last end", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY);
    const [again, finally_] = [BACK + 4 * MINUTE, BACK + 14 * MINUTE];
    silence(world, ALMATY, again);
    comeBack(world, ALMATY, { cut: again, back: finally_ });
    const { incidents } = run(world.items);
    expect(incidents).toHaveLength(1);
    expect(Math.abs(secondsFrom(incidents[0]?.start.latest, CUT))).toBeLessThanOrEqual(20);
    expect(Math.abs(secondsFrom(incidents[0]?.end?.latest, finally_))).toBeLessThanOrEqual(20);
    expect(incidents[0]).toMatchObject({ witnesses: 4, kind: "shutdown" });
  });

  it("the same while only silence tells: presence alone closes and opens it again", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    for (const probe of ALMATY) world.items.push({ type: "present", at: BACK, probe: probe.id });
    silence(world, ALMATY, BACK + 6 * MINUTE);
    const { incidents } = run(world.items);
    expect(incidents).toMatchObject([{ end: null, witnesses: 4 }]);
  });

  it("a window of hours between two cuts makes two incidents", () => {
    const world = quietWorld();
    const second = BACK + 3.5 * 60 * MINUTE;
    silence(world, ALMATY);
    comeBack(world, ALMATY);
    for (const probe of ALMATY)
      for (let at = BACK + 5 * MINUTE; at < second; at += 5 * MINUTE)
        world.write(probe, at + phase(probe), { kind: "link", body: link("international", BACK) });
    silence(world, ALMATY, second);
    comeBack(world, ALMATY, { cut: second, back: second + 60 * MINUTE });
    expect(run(world.items).incidents).toHaveLength(2);
  });

  it("another city that is cut soon after one came back is another incident", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY);
    silence(world, ASTANA, BACK + 6 * MINUTE);
    comeBack(world, ASTANA, { cut: BACK + 6 * MINUTE, back: BACK + 30 * MINUTE });
    expect(run(world.items).incidents.map(({ regions }) => regions)).toEqual([["KZ-75"], ["KZ-71"]]);
  });

  it("a probe whose place is corrected later is lost where it stands; one that has left is not missed", () => {
    const world = quietWorld();
    const moved = { ...probeOf("E"), region: "KZ-75" };
    world.items.push({ type: "probe", at: T0 + 1, probe: moved });
    for (const probe of ASTANA.slice(1))
      world.items.push({ type: "probe", at: T0 + 1, probe: { ...probe, to: new Date(T0 + MINUTE).toISOString() } });
    silence(world, [...ALMATY, moved]);
    expect(run(world.items).incidents).toMatchObject([{ regions: ["KZ-75"], witnesses: 5 }]);
  });

  it("what is told of a probe that nobody knows is left out", () => {
    const world = quietWorld();
    const stranger = probeOf("Q");
    world.items.push({ type: "present", at: T0 + 1, probe: stranger.id });
    world.items.push({ type: "silent", at: CUT, probe: stranger.id, lastBeat: CUT - 90_000 });
    expect(run(world.items).incidents).toEqual([]);
  });

  it("probes of unknown network and place are lost together, too", () => {
    const nowhere = ["L", "M", "N"].map((letter) => probeOf(letter, { asn: null, region: null, access: "mobile" }));
    const world = quietWorld([...nowhere, ...CONTROLS]);
    silence(world, nowhere);
    expect(run(world.items).incidents).toMatchObject([{ asns: [], regions: [], witnesses: 3 }]);
  });

  it("mobile lines that lose everything beside fixed ones are a mobile-only cut", () => {
    const mobile = ALMATY.filter(({ access }) => access === "mobile");
    const world = quietWorld();
    silence(world, mobile);
    comeBack(world, mobile, { state: "none" });
    expect(run(world.items).incidents).toMatchObject([{ extent: "mobile-only", access: ["mobile"] }]);
  });
});
