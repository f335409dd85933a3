import { describe, expect, it } from "vitest";
import type { ProbeInfo } from "../../../protocol/archive.ts";
import { Incident } from "../../../protocol/incident.ts";
import { dnsLie, link, okPage, probeOf, T0, tcpTimeout, tlsDrop, tlsDropUnproved } from "./build.ts";
import { measureRounds, run, type Sight, worldOf } from "./world.ts";

const CONTROLS = [
  probeOf("X", { role: "control", region: "DE", asn: 24940 }),
  probeOf("Y", { role: "control", region: "NL", asn: 60781 }),
];
const KZT = ["A", "B", "C"].map((letter) => probeOf(letter));
const BEELINE = ["D", "E"].map((letter) => probeOf(letter, { asn: 21299, access: "mobile" }));
const TARGETS = ["orda.kz", "vlast.kz", "rus.azattyq.org", "wikipedia.org"];
const MINUTE = 60_000;
const CADENCES = [
  ["15-minute rounds", 15 * MINUTE],
  ["rounds every 5 seconds", 5_000],
] as const;

const fine: Sight = ({ target }) => okPage(`https://${target}/`);

function scene(
  cadenceMs: number,
  rounds: number,
  sight: Sight,
  probes: readonly ProbeInfo[] = [...KZT, ...BEELINE, ...CONTROLS],
) {
  const world = worldOf(probes);
  for (const probe of probes) world.write(probe, T0, { kind: "link", body: link("international", T0 - 1000) });
  measureRounds(world, { probes, targets: TARGETS, from: T0, rounds, cadenceMs, sight });
  return run(world.items);
}

/** Blocks a target for some probes from one round to another; everything else is fine. */
function blocked(
  options: { target: string; who: (probe: ProbeInfo) => boolean; from: number; to?: number; cadenceMs: number },
  body: (url: string) => ReturnType<typeof okPage>,
): Sight {
  const begins = T0 + options.from * options.cadenceMs;
  const ends = options.to === undefined ? Number.POSITIVE_INFINITY : T0 + options.to * options.cadenceMs;
  return (seen) => {
    const hit = seen.target === options.target && options.who(seen.probe) && seen.at >= begins && seen.at < ends;
    return hit ? body(`https://${seen.target}/`) : fine(seen);
  };
}

describe.each(CADENCES)("block detection with %s", (_name, cadenceMs) => {
  it("a block on one network of two is one incident with its edges, found within six rounds", () => {
    const who = ({ asn }: ProbeInfo) => asn === 9198;
    const { incidents } = scene(
      cadenceMs,
      60,
      blocked({ target: "orda.kz", who, from: 20, to: 40, cadenceMs }, tlsDrop),
    );
    expect(incidents).toHaveLength(1);
    const [incident] = incidents;
    expect(Incident.safeParse(incident).success).toBe(true);
    expect(incident).toMatchObject({
      kind: "block",
      method: "tls_drop",
      targets: ["orda.kz"],
      asns: [9198],
      regions: ["KZ-75"],
      access: ["fixed"],
      confidence: "confirmed",
      witnesses: 3,
    });
    const [begin, end] = [T0 + 20 * cadenceMs, T0 + 40 * cadenceMs];
    expect(Date.parse(incident?.start.earliest ?? "")).toBeLessThanOrEqual(begin);
    expect(Date.parse(incident?.start.latest ?? "")).toBeGreaterThanOrEqual(begin);
    expect(Date.parse(incident?.start.latest ?? "") - begin).toBeLessThanOrEqual(cadenceMs);
    expect(Date.parse(incident?.end?.earliest ?? "")).toBeLessThanOrEqual(end);
    expect(Date.parse(incident?.end?.latest ?? "") - end).toBeLessThanOrEqual(cadenceMs);
    expect((Date.parse(incident?.detectedAt ?? "") - begin) / cadenceMs).toBeLessThanOrEqual(6);
  });

  it("two probes are enough, and what only controls contrast is probable", () => {
    const who = ({ asn }: ProbeInfo) => asn === 21299;
    const { incidents } = scene(
      cadenceMs,
      40,
      blocked({ target: "vlast.kz", who, from: 15, cadenceMs }, tlsDropUnproved),
    );
    expect(incidents).toMatchObject([
      { asns: [21299], witnesses: 2, confidence: "probable", end: null, access: ["mobile"] },
    ]);
  });

  it("a lie of DNS is found by its verdict", () => {
    const { incidents } = scene(
      cadenceMs,
      40,
      blocked({ target: "rus.azattyq.org", who: ({ role }) => role === "witness", from: 15, cadenceMs }, dnsLie),
    );
    expect(incidents).toMatchObject([{ method: "dns_tamper", asns: [9198, 21299], witnesses: 5 }]);
  });

  it("a site that is down for controls too is no incident", () => {
    const { incidents, verdicts } = scene(
      cadenceMs,
      40,
      blocked({ target: "orda.kz", who: () => true, from: 10, to: 30, cadenceMs }, tlsDrop),
    );
    expect(incidents).toEqual([]);
    expect(verdicts.filter(({ verdict }) => verdict.code === "site_down").length).toBeGreaterThan(50);
  });

  it("one probe's bad line is nobody's block", () => {
    const bad = KZT[0]?.id;
    const { incidents } = scene(cadenceMs, 80, (seen) =>
      seen.probe.id === bad && seen.round >= 10 ? tcpTimeout(`https://${seen.target}/`) : fine(seen),
    );
    expect(incidents).toEqual([]);
  });

  it("a network that is bad for all targets now and then is no block", () => {
    const { incidents } = scene(cadenceMs, 200, (seen) => {
      const badRound = Math.floor(seen.round / 4) % 5 === 0;
      const draw = (seen.round * 7919 + seen.target.length * 104_729 + seen.probe.id.charCodeAt(1) * 31) % 10;
      return badRound && seen.probe.asn === 9198 && draw < 6 ? tlsDropUnproved(`https://${seen.target}/`) : fine(seen);
    });
    expect(incidents).toEqual([]);
  });

  it("stray failures are no block", () => {
    const { incidents } = scene(cadenceMs, 200, (seen) => {
      const draw = (seen.round * 7919 + seen.target.length * 1_299_709 + seen.probe.id.charCodeAt(1) * 15_485_863) % 97;
      return draw < 3 && seen.probe.role === "witness" ? tlsDropUnproved(`https://${seen.target}/`) : fine(seen);
    });
    expect(incidents).toEqual([]);
  });

  it("several targets blocked at once are one incident, and not taken for a bad network", () => {
    const begins = T0 + 20 * cadenceMs;
    const { incidents } = scene(cadenceMs, 45, (seen) =>
      seen.at >= begins && seen.probe.asn === 9198 && seen.target !== "wikipedia.org"
        ? tlsDrop(`https://${seen.target}/`)
        : fine(seen),
    );
    expect(incidents).toMatchObject([{ targets: ["orda.kz", "rus.azattyq.org", "vlast.kz"], end: null }]);
    expect(incidents[0]?.parts?.map(({ target, asn }) => [target, asn])).toEqual([
      ["orda.kz", 9198],
      ["rus.azattyq.org", 9198],
      ["vlast.kz", 9198],
    ]);
  });

  it("one probe alone opens only with proof, and only as observed", () => {
    const alone = [probeOf("A"), ...CONTROLS];
    const act = { target: "orda.kz", who: ({ role }: ProbeInfo) => role === "witness", from: 20, cadenceMs };
    expect(scene(cadenceMs, 50, blocked(act, tlsDropUnproved), alone).incidents).toEqual([]);
    expect(scene(cadenceMs, 50, blocked(act, tlsDrop), alone).incidents).toMatchObject([
      { confidence: "observed", singleWitness: true, witnesses: 1 },
    ]);
  });

  it("a line that is cut is offline, not a block of every target", () => {
    const world = worldOf([...KZT, ...BEELINE, ...CONTROLS]);
    const probes = [...KZT, ...BEELINE, ...CONTROLS];
    const cutAt = T0 + 20 * cadenceMs;
    const backAt = T0 + 30 * cadenceMs;
    for (const probe of probes) world.write(probe, T0, { kind: "link", body: link("international", T0 - 1000) });
    for (const probe of KZT) {
      world.write(probe, cutAt + 2000, { kind: "link", body: link("lan", cutAt + 2000) }, { received: backAt + 9000 });
      world.write(
        probe,
        backAt + 2000,
        { kind: "link", body: link("international", backAt + 2000) },
        { received: backAt + 9500 },
      );
    }
    measureRounds(world, {
      probes,
      targets: TARGETS,
      from: T0,
      rounds: 50,
      cadenceMs,
      sight: (seen) =>
        seen.probe.asn === 9198 && seen.at > cutAt && seen.at < backAt
          ? tcpTimeout(`https://${seen.target}/`)
          : fine(seen),
    });
    expect(run(world.items).incidents.filter(({ kind }) => kind === "block")).toEqual([]);
  });

  it("everything failing at once on a line that nobody describes is no block of everything", () => {
    const { incidents } = scene(cadenceMs, 60, (seen) =>
      seen.probe.asn === 9198 && seen.round >= 30 ? tcpTimeout(`https://${seen.target}/`) : fine(seen),
    );
    expect(incidents).toEqual([]);
  });

  it("a long quiet stream is quiet", () => {
    const { incidents, verdicts } = scene(cadenceMs, 300, fine);
    expect(incidents).toEqual([]);
    expect(new Set(verdicts.map(({ verdict }) => verdict.code))).toEqual(new Set(["ok"]));
  });

  it("a block that was there before anybody watched says that its start is not known", () => {
    const act = { target: "orda.kz", who: ({ role }: ProbeInfo) => role === "witness", from: 0, cadenceMs };
    expect(scene(cadenceMs, 20, blocked(act, tlsDrop)).incidents).toMatchObject([{ startUnknown: true }]);
  });
});
