import { describe, expect, it } from "vitest";
import type { LinkBody } from "../../../protocol/records/link.ts";
import { link, probeOf } from "./build.ts";
import { BEAT, MINUTE, phase } from "./cuts.ts";
import { run, type World, worldOf } from "./world.ts";

const utc = (text: string) => Date.parse(`2022-01-${text}:00.000Z`);
const HOUR = 60 * MINUTE;
const ASNS = [9198, 39824, 41798, 21299, 29355, 48503];
const REGIONS = ["KZ-75", "KZ-71", "KZ-79", "KZ-23", "KZ-47", "KZ-10"];
const FIRST = utc("04T00:00");
const FLEET = Array.from({ length: 40 }, (_, index) =>
  probeOf(String.fromCharCode(65 + index), {
    asn: ASNS[index % 6] ?? null,
    region: REGIONS[(index + Math.floor(index / 6)) % 6] ?? null,
    access: index % 6 < 3 ? "fixed" : "mobile",
    from: new Date(FIRST).toISOString(),
  }),
);
const FIXED = FLEET.filter(({ access }) => access === "fixed");
const MOBILE = FLEET.filter(({ access }) => access === "mobile");
const CONTROLS = [probeOf("z", { role: "control", region: "DE" }), probeOf("y", { role: "control", region: "NL" })];
const MOBILE_FROM = utc("04T14:30");
const END = utc("11T00:00");
/** Fixed lines: times without the network (detection notes, 5.3). */
const DARK = [
  ["05T10:30", "05T17:30"],
  ["05T22:00", "06T10:30"],
  ["06T14:00", "07T02:30"],
  ["07T06:00", "08T02:30"],
  ["08T10:00", "09T02:30"],
  ["09T06:00", "10T03:00"],
  ["10T07:00", "11T00:00"],
].map(([from = "", to = ""]) => ({ from: utc(from), to: utc(to) }));

const checks = link("isp", FIRST).checks;
const PORTS: Partial<LinkBody> = { ports: { "udp/53": true, "tcp/179": true, "tcp/3785": true, "tcp/443": false } };
const WHITE: Partial<LinkBody> = {
  checks: { ...checks, whitelist: [{ id: "kaspi.kz", ok: true, ms: 9, failure: null }] },
};

/** One dark time of one probe: silence, and a journal that is delivered some time after its end. */
function dark(world: World, probe: (typeof FLEET)[number], { from, to }: { from: number; to: number }, lagMs: number) {
  const own = phase(probe);
  const lastBeat = from - 1 - ((from - 1 - own) % BEAT);
  world.items.push({ type: "silent", at: lastBeat + 3 * BEAT, probe: probe.id, lastBeat });
  const fell = from + (own % 15_000);
  const well = to + (own % 15_000);
  const received = to + 20_000 + lagMs;
  const look = (state: "international" | "isp", at: number): Partial<LinkBody> => ({
    previous: { state, until: new Date(at - 15_000).toISOString(), untilMono: at - 15_000 - utc("05T10:00") + HOUR },
  });
  const more = from < utc("08T00:00") ? PORTS : WHITE;
  world.write(
    probe,
    fell,
    { kind: "link", body: link("isp", fell, { ...more, ...look("international", fell) }) },
    { received },
  );
  for (let at = fell + 30 * MINUTE; at < to; at += 30 * MINUTE)
    world.write(probe, at, { kind: "link", body: link("isp", fell, more) }, { received });
  world.write(
    probe,
    well,
    { kind: "link", body: link("international", well, look("isp", well)) },
    { received: received + 1 },
  );
  world.items.push({ type: "present", at: well + 4000, probe: probe.id });
}

function january(): World {
  const world = worldOf([...FLEET, ...CONTROLS], FIRST);
  for (const probe of [...FLEET, ...CONTROLS])
    world.write(probe, FIRST + phase(probe), { kind: "link", body: link("international", FIRST - HOUR) });
  for (const probe of MOBILE) dark(world, probe, { from: MOBILE_FROM, to: END }, 0);
  // Some journals come within the window, some only hours later, in the next dark time or after it.
  for (const [index, probe] of FIXED.entries())
    for (const time of DARK) dark(world, probe, time, index % 5 === 0 ? 9 * HOUR : (index % 4) * 10 * MINUTE);
  return world;
}

describe("January 2022", () => {
  const { incidents } = run(january().items);

  it("every restoration window is a gap of its own, in one episode, and mobile lines went first", () => {
    expect(incidents).toHaveLength(1 + DARK.length);
    expect(new Set(incidents.map(({ episode }) => episode)).size).toBe(1);
    expect(incidents[0]).toMatchObject({ extent: "partial-port", access: ["mobile"], episode: incidents[0]?.id });
    expect(incidents.slice(1).every(({ access }) => access.join() === "fixed")).toBe(true);
    expect(
      incidents.every(
        ({ kind, confidence, cause }) => kind === "shutdown" && confidence === "confirmed" && cause === "ordered cut",
      ),
    ).toBe(true);
  });

  it("every edge lies in its published interval, which is no wider than a look", () => {
    const truths = [{ from: MOBILE_FROM, to: END }, ...DARK];
    for (const [index, { from, to }] of truths.entries()) {
      const { start, end } = incidents[index] ?? {};
      for (const [moment, bounds] of [
        [from, start],
        [to, end],
      ] as const) {
        expect(Date.parse(bounds?.earliest ?? "")).toBeLessThanOrEqual(moment);
        expect(Date.parse(bounds?.latest ?? "")).toBeGreaterThanOrEqual(moment);
        expect(Date.parse(bounds?.latest ?? "") - Date.parse(bounds?.earliest ?? "")).toBeLessThanOrEqual(20_000);
      }
    }
  });

  it("open ports are named until the white list, and that from then on; each is raised within two minutes", () => {
    expect(incidents.slice(1).map(({ extent }) => extent)).toEqual([
      ...Array(4).fill("partial-port"),
      ...Array(3).fill("whitelist"),
    ]);
    for (const [index, { from }] of DARK.entries())
      expect(Date.parse(incidents[index + 1]?.detectedAt ?? "") - from).toBeLessThanOrEqual(120_000);
  });

  it("each network, region and medium has edges of its own", () => {
    const parts = incidents[1]?.parts ?? [];
    expect(new Set(parts.map(({ asn }) => asn))).toEqual(new Set([9198, 39824, 41798]));
    expect(new Set(parts.map(({ region }) => region))).toEqual(new Set(REGIONS));
    expect(parts.every(({ end }) => end !== null)).toBe(true);
  });
});
