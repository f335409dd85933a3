import { describe, expect, it } from "vitest";
import type { LinkBody } from "../../../protocol/records/link.ts";
import { link, probeOf, T0 } from "./build.ts";
import { ALMATY, BACK, CONTROLS, CUT, comeBack, lastBeat, MINUTE, phase, quietWorld, silence } from "./cuts.ts";
import { run, type World, worldOf } from "./world.ts";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ASNS = [9198, 21299, 41798];
/** Thirty witnesses: three networks in two regions. */
const FLEET = Array.from({ length: 30 }, (_, index) =>
  probeOf(String.fromCharCode(97 + index), {
    asn: ASNS[index % 3] ?? null,
    region: index % 2 === 0 ? "KZ-75" : "KZ-71",
    access: index % 3 === 1 ? "mobile" : "fixed",
  }),
);
const LIARS = FLEET.slice(0, 3);
const HONEST = FLEET.slice(3);
const FOREIGN = ["cloudflare", "google", "quad9", "wikimedia"];

function badLook(world: World, probe: (typeof FLEET)[number], at: number, body: LinkBody, received = at + 500): void {
  world.write(probe, at, { kind: "link", body }, { received });
}

/** What of an incident a tenth of lies must not change. */
function story(incidents: ReturnType<typeof run>["incidents"]) {
  return incidents.map(({ kind, extent, regions, access, confidence }) => ({
    kind,
    extent,
    regions,
    access,
    confidence,
  }));
}

describe("a tenth of the probes that lie", () => {
  it("make no incident by falling silent together, nor by journals of a cut that never was", () => {
    const world = quietWorld([...FLEET, ...CONTROLS]);
    silence(world, LIARS);
    comeBack(world, LIARS, { state: "isp", looks: true });
    expect(run(world.items).incidents).toEqual([]);
  });

  it("change nothing of a real one by saying that all was well, that it began hours before, or that power was gone", () => {
    const cut = (lying: boolean) => {
      const world = quietWorld([...FLEET, ...CONTROLS]);
      silence(world, FLEET);
      comeBack(world, lying ? HONEST : FLEET, { looks: true });
      if (!lying) return run(world.items).incidents;
      const [well, early, power] = LIARS;
      for (const probe of LIARS) world.items.push({ type: "present", at: BACK + 1000, probe: probe.id });
      if (well !== undefined) badLook(world, well, CUT + 5 * MINUTE, link("international", T0), BACK + 2000);
      if (early !== undefined) badLook(world, early, CUT + MINUTE, link("none", CUT - 50 * MINUTE), BACK + 2000);
      const body = {
        software: "x",
        uptimeS: 5,
        previous: { end: "unclean", lastAliveAt: null },
        power: "mains",
      } as const;
      if (power !== undefined)
        world.write(power, BACK, { kind: "start", body }, { received: BACK + 2000, boot: "boot-9" });
      return run(world.items).incidents;
    };
    const [honest, lying] = [cut(false), cut(true)];
    expect(story(lying)).toEqual(story(honest));
    const [start, end] = [Date.parse(lying[0]?.start.earliest ?? ""), Date.parse(lying[0]?.end?.latest ?? "")];
    expect([CUT - start <= 16_000, start <= CUT, end >= BACK, end - BACK <= 16_000]).toEqual(Array(4).fill(true));
  });
});

describe("volunteers' habits", () => {
  it("lids closed every evening within an hour are never confirmed, and after some evenings not even raised", () => {
    const probes = FLEET.slice(0, 12);
    const world = worldOf([...probes, ...CONTROLS]);
    const days = 14;
    for (const [index, probe] of probes.entries())
      for (let day = 0; day < days; day++) {
        // Minutes past 17:00 that no two lids share by rule.
        const closed =
          T0 + day * DAY + 7 * HOUR + ((index * 37 + day * 23 + index * day * 7) % 60) * MINUTE + index * 1000;
        const opened = closed + 13 * HOUR;
        world.write(probe, closed - 2 * MINUTE, { kind: "link", body: link("international", T0) });
        world.items.push({ type: "silent", at: closed + 90_000, probe: probe.id, lastBeat: closed });
        world.items.push({ type: "present", at: opened, probe: probe.id });
        world.write(probe, opened + 1000, { kind: "link", body: link("international", T0) });
      }
    const { incidents } = run(world.items);
    expect(incidents.filter(({ confidence }) => confidence !== "observed")).toEqual([]);
    expect(incidents.filter(({ start }) => Date.parse(start.earliest) > T0 + 5 * DAY)).toEqual([]);
  });

  it("a release that restarts every probe for some minutes is no incident", () => {
    const world = worldOf([...FLEET, ...CONTROLS]);
    const start = (software: string, uptimeS: number) =>
      ({ software, uptimeS, previous: { end: "unclean", lastAliveAt: null }, power: "mains" }) as const;
    for (const probe of FLEET) world.write(probe, T0 + 1, { kind: "start", body: start("kuager/1", 9000) });
    silence(world, FLEET);
    for (const probe of FLEET) {
      world.items.push({ type: "present", at: CUT + 6 * MINUTE, probe: probe.id });
      world.write(
        probe,
        CUT + 5 * MINUTE,
        { kind: "start", body: start("kuager/2", 13_000) },
        { received: CUT + 6 * MINUTE + 100 },
      );
    }
    expect(run(world.items).incidents).toEqual([]);
  });
});

describe("lines that are ill at the top of their ladder", () => {
  const known = link("international", T0);

  it("names that no longer resolve anywhere are a cut of names only", () => {
    const world = quietWorld();
    const resolver = { ok: false, ms: null, failure: "generic_timeout_error" } as const;
    for (const probe of ALMATY)
      badLook(world, probe, CUT + phase(probe), { ...known, checks: { ...known.checks, resolver } });
    expect(run(world.items).incidents).toMatchObject([{ extent: "dns-only", regions: ["KZ-75"], witnesses: 4 }]);
  });

  it("the same part of the world dead on all networks is laid to a network abroad", () => {
    const world = quietWorld([...FLEET, ...CONTROLS]);
    const foreign = FOREIGN.map((id, index) => {
      const ok = index > 1;
      return { id, ok, ms: ok ? 30 : null, failure: ok ? null : ("generic_timeout_error" as const) };
    });
    for (const probe of FLEET)
      badLook(world, probe, CUT + phase(probe), { ...known, checks: { ...known.checks, foreign } });
    const [incident, ...more] = run(world.items).incidents;
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ kind: "outage", extent: "degraded", cause: "transit filter abroad" });
  });
});

describe("what a city cannot tell", () => {
  it("all of one city's networks cut beyond the provider has a leading explanation, but none by the margin", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY, { state: "isp" });
    expect(run(world.items).incidents).toMatchObject([{ kind: "shutdown", cause: null }]);
  });

  it("where the providers' own resolvers are gone as well no common gateway explains it", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    comeBack(world, ALMATY);
    expect(run(world.items).incidents).toMatchObject([{ kind: "shutdown", cause: "ordered cut" }]);
  });

  it("mobile lines that are lost one after another within the hour are a fade", () => {
    const mobile = Array.from({ length: 10 }, (_, index) =>
      probeOf(String.fromCharCode(97 + index), { asn: 21299, access: "mobile", region: "KZ-71" }),
    );
    const world = quietWorld([...mobile, ...ALMATY, ...CONTROLS]);
    for (const [index, probe] of mobile.slice(0, 6).entries()) {
      const cut = CUT + index * 9 * MINUTE;
      world.items.push({
        type: "silent",
        at: lastBeat(probe, cut) + 90_000,
        probe: probe.id,
        lastBeat: lastBeat(probe, cut),
      });
    }
    const [incident, ...more] = run(world.items).incidents;
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ extent: "degraded", access: ["mobile"], witnesses: 6, end: null });
  });
});
