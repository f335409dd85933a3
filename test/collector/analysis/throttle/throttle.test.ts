import { describe, expect, it, vi } from "vitest";
import { Incident } from "../../../../protocol/incident.ts";
import { probeOf, T0 } from "../build.ts";
import { run, worldOf } from "../world.ts";
import { ABROAD, HOUR, type Sight, scene, slow, speedOf, usual, WITNESSES, wobble } from "./scene.ts";

// Months and years of one cell: a machine that does much else still ends in this.
vi.setConfig({ testTimeout: 600_000 });

describe("throttling", () => {
  it("a target held to a fifth of its speed is an incident with start, end and ratio, on the network that does it", () => {
    const { incidents, verdicts } = scene(slow(30, 52, 0.2));
    expect(incidents).toHaveLength(1);
    const [incident] = incidents;
    expect(Incident.safeParse(incident).error).toBeUndefined();
    expect(incident).toMatchObject({
      kind: "throttle",
      method: "goodput",
      targets: ["azattyq.org"],
      asns: [9198],
      regions: ["KZ-75"],
      access: ["fixed"],
      witnesses: 4,
      confidence: "probable",
    });
    const [begin, end] = [T0 + 30 * HOUR, T0 + 52 * HOUR];
    expect(Date.parse(incident?.start.earliest ?? "")).toBeLessThanOrEqual(begin);
    expect(Date.parse(incident?.start.latest ?? "") - begin).toBeLessThanOrEqual(4 * HOUR);
    expect(Math.abs(Date.parse(incident?.end?.latest ?? "") - end)).toBeLessThanOrEqual(2 * HOUR);
    expect(Date.parse(incident?.detectedAt ?? "") - begin).toBeLessThanOrEqual(8 * HOUR);
    const told = verdicts.filter(({ verdict }) => verdict.code === "throttled");
    expect(told.length).toBeGreaterThan(40);
    expect(told[0]?.verdict).toMatchObject({ rule: "throttle-goodput", strength: "contrasted", stage: "http" });
    expect(incident?.causes.find(({ cause }) => cause === "site fault")).toMatchObject({ verdict: "contradicted" });
  });

  it("a halving is found within a day", () => {
    const { incidents } = scene(slow(30, 80, 0.42), { hours: 80 });
    expect(incidents).toMatchObject([{ kind: "throttle", end: null }]);
    expect(Date.parse(incidents[0]?.detectedAt ?? "") - (T0 + 30 * HOUR)).toBeLessThanOrEqual(24 * HOUR);
  });

  it("one that builds up over half a day is found, and its start lies within the time in which it came", () => {
    const { incidents } = scene(
      (seen) => {
        const down = Math.max(0.15, 1 - (0.85 * (seen.hour - 30)) / 12);
        return slow(30, 80, down)(seen);
      },
      { hours: 80 },
    );
    const [incident, ...more] = incidents;
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ kind: "throttle", end: null });
    const begun = T0 + 30 * HOUR;
    expect(Date.parse(incident?.detectedAt ?? "") - begun).toBeLessThanOrEqual(24 * HOUR);
    expect(Date.parse(incident?.start.latest ?? "")).toBeGreaterThanOrEqual(begun);
    expect(Date.parse(incident?.start.earliest ?? "")).toBeLessThanOrEqual(begun + 12 * HOUR);
  });

  it("congestion slows the control as well, and is nothing", () => {
    const { incidents } = scene((seen) => {
      const speed = usual(seen);
      const full = seen.hour >= 30 && seen.hour < 50 && seen.probe.role === "witness" ? 0.2 : 1;
      return speed && { ...speed, target: (speed.target ?? 0) * full, control: speed.control * full };
    });
    expect(incidents).toEqual([]);
  });

  it("a line whose control lost half of its speed is full, whatever the target did", () => {
    const { incidents } = scene((seen) => {
      const speed = slow(30, 60, 0.1)(seen);
      const full = seen.hour >= 30 && seen.probe.role === "witness" ? 0.4 : 1;
      return speed && { ...speed, control: speed.control * full };
    });
    expect(incidents).toEqual([]);
  });

  it("a site that is slow for control probes as well is its own", () => {
    expect(scene(slow(30, 60, 0.2, () => true)).incidents).toEqual([]);
  });

  it("without control probes the site's own slowness cannot be ruled out, and that is said", () => {
    const { incidents } = scene(slow(30, 60, 0.2), { probes: WITNESSES });
    expect(incidents[0]?.causes.find(({ cause }) => cause === "site fault")).toMatchObject({ verdict: "untestable" });
  });

  it("a quiet month is quiet", () => {
    expect(scene(usual, { hours: 700 }).incidents).toEqual([]);
  });

  it("two probes are too few, and one slow probe of four is its own line", () => {
    expect(scene(slow(30, 60, 0.1), { probes: [...WITNESSES.slice(0, 2), ...ABROAD] }).incidents).toEqual([]);
    const one = WITNESSES[0]?.id;
    expect(scene(slow(30, 60, 0.1, ({ id }) => id === one)).incidents).toEqual([]);
  });

  it("a control elsewhere makes it observed only, and needs a past", () => {
    const choice = { choice: "foreign" as const };
    expect(scene(slow(30, 60, 0.2), choice).incidents).toMatchObject([{ confidence: "observed" }]);
    expect(scene(slow(0, 60, 0.2), { ...choice, hours: 16, probes: WITNESSES }).incidents).toEqual([]);
  });

  it("was so when watching began: between neighbours equal speed is expected", () => {
    const { incidents } = scene(slow(0, 60, 0.2), { hours: 16, probes: WITNESSES });
    expect(incidents).toMatchObject([{ startUnknown: true, end: null }]);
  });

  it("two networks that begin together are one incident", () => {
    const mobile = ["E", "F", "G"].map((letter) => probeOf(letter, { asn: 21299, access: "mobile", region: "KZ-71" }));
    const { incidents } = scene(slow(30, 50, 0.15), { probes: [...WITNESSES, ...mobile, ...ABROAD] });
    expect(incidents).toMatchObject([
      {
        asns: [9198, 21299],
        regions: ["KZ-71", "KZ-75"],
        access: ["fixed", "mobile"],
        confidence: "confirmed",
        witnesses: 7,
      },
    ]);
    expect(incidents[0]?.end).not.toBeNull();
  });

  it("a second throttle days later is a second incident", () => {
    const { incidents } = scene((seen) => (seen.hour < 60 ? slow(30, 44, 0.2)(seen) : slow(90, 110, 0.2)(seen)), {
      hours: 120,
    });
    expect(incidents).toHaveLength(2);
    expect(new Set(incidents.map(({ id }) => id)).size).toBe(2);
  });

  it("handshakes of seconds beside a fast control are a throttle without any goodput", () => {
    const handshakes: Sight = ({ probe, hour }) => {
      const held = hour >= 30 && hour < 60 && probe.role === "witness";
      return {
        target: null,
        control: 0,
        handshakeMs: held ? 4000 * wobble(hour, probe) : 200 * wobble(hour, probe),
        controlHandshakeMs: 180 * wobble(hour + 1, probe),
      };
    };
    const { incidents, verdicts } = scene(handshakes);
    expect(incidents).toMatchObject([{ kind: "throttle", method: "handshake", witnesses: 4 }]);
    expect(incidents[0]?.end).not.toBeNull();
    expect(Date.parse(incidents[0]?.detectedAt ?? "") - (T0 + 30 * HOUR)).toBeLessThanOrEqual(12 * HOUR);
    expect(verdicts[0]?.verdict.stage).toBe("tls");
  });

  it("handshakes that were always slow, or are slow for control probes, are the site's own", () => {
    const always: Sight = ({ probe, hour }) => ({ target: null, control: 0, handshakeMs: 4000 * wobble(hour, probe) });
    expect(scene(always).incidents).toEqual([]);
    expect(scene(always, { hours: 10 }).incidents).toEqual([]);
  });

  it("a target from which nothing comes is no matter of speed", () => {
    const { incidents } = scene((seen) => {
      const speed = usual(seen);
      return speed && seen.hour >= 30 ? { ...speed, target: null, handshakeMs: null } : speed;
    });
    expect(incidents).toEqual([]);
  });

  it("one of many targets is told from the others", () => {
    const targets = Array.from({ length: 12 }, (_, index) => `site${index}.org`);
    const { incidents } = scene((seen) => (seen.target === "site7.org" ? slow(30, 60, 0.2)(seen) : usual(seen)), {
      targets,
    });
    expect(incidents.map((incident) => incident.targets)).toEqual([["site7.org"]]);
  });

  it("of which nobody takes samples any more ends with the last, and says that its end is not known", () => {
    const stops: Sight = (seen) => (seen.hour < 45 || seen.probe.role === "control" ? slow(30, 60, 0.2)(seen) : null);
    const [incident] = scene(stops, { hours: 100 }).incidents;
    expect(Incident.safeParse(incident).success).toBe(true);
    expect(incident).toMatchObject({ kind: "throttle", endUnknown: true });
    expect(Date.parse(incident?.end?.latest ?? "")).toBeLessThanOrEqual(T0 + 45 * HOUR);
    const again: Sight = (seen) => (seen.hour < 45 || seen.hour >= 90 ? slow(30, 200, 0.2)(seen) : null);
    const { incidents } = scene(again, { hours: 100 });
    expect(incidents).toMatchObject([{ end: null }]);
    expect(incidents[0]).not.toHaveProperty("endUnknown");
  });

  it("a large network is judged by an even part of its samples, and in its own hours only", () => {
    const crowd = Array.from({ length: 14 }, (_, index) =>
      probeOf(String.fromCharCode(65 + index), { asn: null, region: index % 2 === 0 ? "DE" : null, access: null }),
    );
    const { incidents } = scene(slow(30, 60, 0.2), { probes: [...crowd, ...ABROAD] });
    expect(incidents).toMatchObject([{ kind: "throttle", asns: [], regions: [], access: [], witnesses: 14 }]);
  });

  it("uploads, samples without a handshake and more samples than an hour needs change nothing", () => {
    const probes = [...WITNESSES, ...ABROAD];
    const world = worldOf(probes);
    for (let hour = 0; hour < 40; hour++)
      for (const probe of probes) {
        const at = T0 + hour * HOUR;
        const usually = speedOf("azattyq.org", { target: 100_000, control: 100_000 }, "same-prefix");
        const held = hour >= 25 && probe.role === "witness";
        const up = {
          ...speedOf("azattyq.org", { target: 1000, control: 100_000 }, "same-prefix"),
          direction: "up" as const,
        };
        world.write(probe, at, { kind: "speed", body: up });
        for (let sample = 0; sample < 15; sample++)
          world.write(probe, at + sample * 1000, {
            kind: "speed",
            body: {
              ...(held ? speedOf("azattyq.org", { target: 20_000, control: 100_000 }, "same-prefix") : usually),
              handshakeMs: { target: null, control: null },
            },
          });
      }
    const { incidents } = run(world.items);
    expect(incidents).toMatchObject([{ kind: "throttle", method: "goodput", confidence: "probable" }]);
    const begin = T0 + 25 * HOUR;
    expect(Date.parse(incidents[0]?.start.earliest ?? "")).toBeLessThanOrEqual(begin);
    expect(Date.parse(incidents[0]?.start.latest ?? "")).toBeGreaterThanOrEqual(begin);
  });
});
