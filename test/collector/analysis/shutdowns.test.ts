import { describe, expect, it } from "vitest";
import { Incident } from "../../../protocol/incident.ts";
import { link, probeOf, T0 } from "./build.ts";
import {
  ALL,
  ALMATY,
  ASTANA,
  BACK,
  CONTROLS,
  CUT,
  comeBack,
  lastBeat,
  MINUTE,
  phase,
  quietWorld,
  secondsFrom,
  silence,
} from "./cuts.ts";
import { run, worldOf } from "./world.ts";

describe("shutdown detection", () => {
  it("a city cut is raised within two minutes as observed", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    const { incidents } = run(world.items);
    expect(incidents).toHaveLength(1);
    const [incident] = incidents;
    expect(Incident.safeParse(incident).success).toBe(true);
    expect(incident).toMatchObject({
      kind: "shutdown",
      targets: [],
      regions: ["KZ-75"],
      asns: [9198, 21299],
      access: ["fixed", "mobile"],
      end: null,
      confidence: "observed",
      extent: null,
      witnesses: 4,
    });
    expect(secondsFrom(incident?.detectedAt, CUT)).toBeLessThanOrEqual(120);
    expect(secondsFrom(incident?.start.earliest, CUT)).toBeLessThanOrEqual(0);
    expect(secondsFrom(incident?.start.latest, CUT)).toBeGreaterThanOrEqual(0);
  });

  it("journals that return confirm it, grade it and sharpen its edges", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY);
    const [incident, ...others] = run(world.items).incidents;
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ kind: "shutdown", extent: "total", confidence: "confirmed" });
    expect(secondsFrom(incident?.start.earliest, CUT)).toBeLessThanOrEqual(0);
    expect(secondsFrom(incident?.start.latest, CUT)).toBeGreaterThanOrEqual(0);
    expect(secondsFrom(incident?.start.latest, CUT)).toBeLessThanOrEqual(15);
    expect(secondsFrom(incident?.end?.earliest, BACK)).toBeLessThanOrEqual(0);
    expect(secondsFrom(incident?.end?.latest, BACK)).toBeGreaterThanOrEqual(0);
    expect(secondsFrom(incident?.end?.latest, BACK)).toBeLessThanOrEqual(15);
    const verdicts = Object.fromEntries((incident?.causes ?? []).map(({ cause, verdict }) => [cause, verdict]));
    expect(verdicts).toMatchObject({
      "ordered cut": "supported",
      "power cut": "contradicted",
      "collector fault": "contradicted",
    });
    expect(incident?.version).toBeGreaterThan(1);
  });

  it("the last looks that found the line as before bound both edges to one look", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY, { looks: true });
    const [incident] = run(world.items).incidents;
    for (const [interval, truth] of [
      [incident?.start, CUT],
      [incident?.end, BACK],
    ] as const) {
      expect(secondsFrom(interval?.earliest, truth)).toBeLessThanOrEqual(0);
      expect(secondsFrom(interval?.earliest, truth)).toBeGreaterThanOrEqual(-15);
      expect(secondsFrom(interval?.latest, truth)).toBeGreaterThanOrEqual(0);
      expect(secondsFrom(interval?.latest, truth)).toBeLessThanOrEqual(15);
    }
  });

  it("sites inside that stayed open make it domestic-only", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY, { state: "domestic" });
    expect(run(world.items).incidents).toMatchObject([{ kind: "shutdown", extent: "domestic-only" }]);
  });

  it("a ladder that falls while beats go on by another route counts", () => {
    const world = quietWorld();
    for (const probe of ALMATY) {
      const at = CUT + (phase(probe) % 15_000);
      world.write(probe, at, { kind: "link", body: link("domestic", at) });
    }
    expect(run(world.items).incidents).toMatchObject([
      { kind: "shutdown", extent: "domestic-only", regions: ["KZ-75"], confidence: "confirmed" },
    ]);
  });

  it("a cut too short for silence is found from the journals", () => {
    const world = quietWorld();
    for (const probe of ALMATY) {
      world.write(probe, CUT + 1000, { kind: "link", body: link("lan", CUT + 1000) }, { received: CUT + 61_000 });
      world.write(
        probe,
        CUT + 50_000,
        { kind: "link", body: link("international", CUT + 50_000) },
        { received: CUT + 61_000 },
      );
    }
    const [incident] = run(world.items).incidents;
    expect(secondsFrom(incident?.end?.latest, CUT)).toBe(51);
  });

  it("mobile lines lost beside fixed ones that stay are mobile-only", () => {
    const mobile = ["I", "J", "K"].map((letter) => probeOf(letter, { asn: 29355, access: "mobile" }));
    const world = quietWorld([...ALL, ...mobile]);
    silence(world, mobile);
    expect(run(world.items).incidents).toMatchObject([{ extent: "mobile-only", access: ["mobile"], asns: [29355] }]);
  });

  it("hosts that start anew tell of a power cut: an outage", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY, { boot: "boot-2" });
    const [incident] = run(world.items).incidents;
    expect(incident).toMatchObject({ kind: "outage", confidence: "confirmed" });
    expect(incident?.causes[0]).toMatchObject({ cause: "power cut", verdict: "supported" });
  });

  it("hosts that stayed up and came back with other software were updated: no incident", () => {
    const world = worldOf(ALL);
    const start = (software: string) =>
      ({ software, uptimeS: 9000, previous: { end: "unclean", lastAliveAt: null }, power: "unknown" }) as const;
    for (const probe of ALMATY) world.write(probe, T0, { kind: "start", body: start("kuager/0.1.0") });
    silence(world, ALMATY);
    for (const probe of ALMATY) {
      world.items.push({ type: "present", at: BACK, probe: probe.id });
      world.write(probe, BACK - 1000, { kind: "start", body: start("kuager/0.2.0") }, { received: BACK + 100 });
    }
    expect(run(world.items).incidents).toEqual([]);
  });

  it("one network in one city is an outage without more evidence", () => {
    const world = quietWorld();
    silence(world, ASTANA);
    comeBack(world, ASTANA);
    expect(run(world.items).incidents).toMatchObject([{ kind: "outage", asns: [9198], regions: ["KZ-71"] }]);
  });

  it("beats every two seconds work like beats every thirty", () => {
    const world = quietWorld();
    silence(world, ALMATY, CUT, 2000);
    const [incident] = run(world.items).incidents;
    expect(secondsFrom(incident?.detectedAt, CUT)).toBeLessThanOrEqual(8);
  });

  it("two of two probes are enough, two of four are not", () => {
    const pair = quietWorld([...ASTANA, ...CONTROLS, ...ALMATY.slice(0, 2)]);
    silence(pair, ALMATY.slice(0, 2));
    expect(run(pair.items).incidents).toMatchObject([{ kind: "outage", regions: ["KZ-75"], witnesses: 2 }]);
    const half = quietWorld();
    silence(half, ASTANA.slice(0, 2));
    expect(run(half.items).incidents).toEqual([]);
  });

  it("a stray loss elsewhere at the same time is not drawn in", () => {
    const world = quietWorld();
    silence(world, [...ALMATY, ...ASTANA.slice(0, 1)]);
    expect(run(world.items).incidents).toMatchObject([{ regions: ["KZ-75"], witnesses: 4 }]);
  });

  it("the whole country is one incident", () => {
    const world = quietWorld();
    silence(world, [...ALMATY, ...ASTANA]);
    expect(run(world.items).incidents).toMatchObject([{ kind: "shutdown", regions: ["KZ-71", "KZ-75"], witnesses: 8 }]);
  });
});

describe("what is no shutdown", () => {
  it("controls abroad that fall silent too make it the collector's fault", () => {
    const world = quietWorld();
    silence(world, ALL);
    for (const probe of ALL) world.items.push({ type: "present", at: BACK, probe: probe.id });
    expect(run(world.items).incidents).toEqual([]);
  });

  it("a gap of the collector is nothing", () => {
    const world = quietWorld();
    world.items.push({ type: "gap", at: BACK, from: CUT, to: BACK });
    for (const probe of ALL) {
      world.items.push({ type: "silent", at: BACK + 1000, probe: probe.id, lastBeat: lastBeat(probe, CUT) });
      world.items.push({ type: "present", at: BACK + 5000, probe: probe.id });
    }
    expect(run(world.items).incidents).toEqual([]);
  });

  it("clean switch-offs in the evening are nothing", () => {
    const world = quietWorld();
    for (const probe of ALMATY)
      world.write(probe, lastBeat(probe, CUT), { kind: "stop", body: { reason: "asked to stop" } });
    silence(world, ALMATY);
    expect(run(world.items).incidents).toEqual([]);
  });

  it("switch-offs that are told only afterwards take the incident back", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    for (const probe of ALMATY)
      world.write(probe, lastBeat(probe, CUT), { kind: "stop", body: { reason: "asked to stop" } }, { received: BACK });
    expect(run(world.items).incidents).toEqual([]);
  });

  it("one probe that comes and goes is nothing, and its neighbours' rare losses do not add up", () => {
    const world = quietWorld();
    for (let hour = 1; hour < 40; hour++) {
      const at = T0 + hour * 60 * MINUTE;
      for (const probe of hour % 7 === 0 ? ALMATY.slice(0, 2) : ALMATY.slice(0, 1)) {
        const cut = at + (probe === ALMATY[1] ? 20 * MINUTE : 0);
        world.items.push({ type: "silent", at: cut + 90_000, probe: probe.id, lastBeat: cut });
        world.items.push({ type: "present", at: cut + 5 * MINUTE, probe: probe.id });
      }
    }
    expect(run(world.items).incidents).toEqual([]);
  });

  it("journals that say that the lines were well all along take it back", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    for (const probe of ALMATY) {
      world.items.push({ type: "present", at: BACK, probe: probe.id });
      world.write(
        probe,
        CUT + 5 * MINUTE,
        { kind: "link", body: link("international", T0) },
        { received: BACK + 1000 },
      );
    }
    expect(run(world.items).incidents).toEqual([]);
  });
});
