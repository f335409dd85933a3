import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { LinkBody, LinkState } from "../../../protocol/records/link.ts";
import { link, probeOf, T0 } from "./build.ts";
import { type World, worldOf } from "./world.ts";

export const BEAT = 30_000;
export const MINUTE = 60_000;
export const CUT = T0 + 60 * MINUTE;
export const BACK = CUT + 20 * MINUTE;
export const CONTROLS = [
  probeOf("X", { role: "control", region: "DE", asn: 24940 }),
  probeOf("Y", { role: "control", region: "NL", asn: 60781 }),
];
export const ALMATY = [
  probeOf("A"),
  probeOf("B"),
  probeOf("C", { asn: 21299, access: "mobile" }),
  probeOf("D", { asn: 21299, access: "mobile" }),
];
export const ASTANA = ["E", "F", "G", "H"].map((letter) => probeOf(letter, { region: "KZ-71" }));
export const ALL = [...ALMATY, ...ASTANA, ...CONTROLS];

/** Phase of a probe's beats and checks, different for each. */
export const phase = (probe: ProbeInfo) => (Number.parseInt(probe.id.slice(0, 2), 16) * 7919) % BEAT;
export const lastBeat = (probe: ProbeInfo, cut: number) => cut - 1 - ((cut - 1 - phase(probe)) % BEAT);

export function quietWorld(probes = ALL): World {
  const world = worldOf(probes);
  for (const probe of probes)
    for (let at = T0; at < CUT; at += 5 * MINUTE)
      world.write(probe, at + phase(probe), { kind: "link", body: link("international", T0 - 1000) });
  return world;
}

export function silence(world: World, probes: readonly ProbeInfo[], cut = CUT, beat = BEAT): void {
  for (const probe of probes) {
    const last = beat === BEAT ? lastBeat(probe, cut) : cut - 1 - (phase(probe) % beat);
    world.items.push({ type: "silent", at: last + 3 * beat, probe: probe.id, lastBeat: last });
  }
}

/** Probes come back and deliver what their ladders saw. */
export function comeBack(
  world: World,
  probes: readonly ProbeInfo[],
  options: {
    cut?: number;
    back?: number;
    state?: LinkState;
    more?: Partial<LinkBody>;
    boot?: string;
    senseMs?: number;
    /** Whether entries tell the last look that found the line as before. */
    looks?: boolean;
  } = {},
): void {
  const { cut = CUT, back = BACK, state = "lan", more = {}, boot, senseMs = 15_000, looks = false } = options;
  const after = (before: LinkState, at: number): Partial<LinkBody> =>
    looks
      ? {
          previous: {
            state: before,
            until: new Date(at - senseMs).toISOString(),
            untilMono: at - senseMs - T0 + 3_600_000,
          },
        }
      : {};
  for (const [index, probe] of probes.entries()) {
    const present = back + 5000 + index * 1000;
    world.items.push({ type: "present", at: present, probe: probe.id });
    if (boot !== undefined) {
      const start = {
        software: "kuager/0.1.0",
        uptimeS: 20,
        previous: { end: "unclean", lastAliveAt: null },
        power: "mains",
      } as const;
      world.write(probe, back - 1000, { kind: "start", body: start }, { received: present + 100, boot });
      world.write(
        probe,
        back + 1000,
        { kind: "link", body: link("international", back + 1000) },
        { received: present + 200, boot },
      );
      continue;
    }
    const fell = cut + (phase(probe) % senseMs);
    world.write(
      probe,
      fell,
      { kind: "link", body: link(state, fell, { ...more, ...after("international", fell) }) },
      { received: present + 100 },
    );
    const well = back + (phase(probe) % senseMs);
    world.write(
      probe,
      well,
      { kind: "link", body: link("international", well, after(state, well)) },
      { received: present + 200 },
    );
  }
}

export function secondsFrom(text: string | undefined, moment: number): number {
  return (Date.parse(text ?? "") - moment) / 1000;
}
