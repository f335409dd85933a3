import type { ProbeInfo } from "../../../../protocol/archive.ts";
import type { SpeedBody } from "../../../../protocol/records/speed.ts";
import { probeOf, T0 } from "../build.ts";
import { run, worldOf } from "../world.ts";

export const HOUR = 3_600_000;
export const WITNESSES = ["A", "B", "C", "D"].map((letter) => probeOf(letter));
export const ABROAD = ["X", "Y"].map((letter) => probeOf(letter, { role: "control", region: "DE", asn: 24940 }));

export type Speed = {
  target: number | null;
  control: number;
  handshakeMs?: number | null;
  controlHandshakeMs?: number | null;
};
export type Sight = (seen: { probe: ProbeInfo; hour: number; target: string }) => Speed | null;

export function speedOf(target: string, speed: Speed, choice: SpeedBody["control"]["choice"]): SpeedBody {
  const series = (bytesPerS: number | null): [number, number][] =>
    bytesPerS === null
      ? []
      : [
          [100, 1000],
          [4000, bytesPerS * 4],
        ];
  return {
    target,
    url: `https://${target}/`,
    control: { url: "https://control.example/", choice },
    order: "control-first",
    direction: "down",
    samples: { target: series(speed.target), control: series(speed.control) },
    handshakeMs: { target: speed.handshakeMs ?? 200, control: speed.controlHandshakeMs ?? 180 },
    failure: { target: speed.target === null ? "generic_timeout_error" : null, control: null },
  };
}

export function scene(
  sight: Sight,
  {
    hours = 72,
    probes = [...WITNESSES, ...ABROAD],
    choice = "same-address" as const,
    targets = ["azattyq.org"],
  }: {
    hours?: number;
    probes?: ProbeInfo[];
    choice?: SpeedBody["control"]["choice"];
    targets?: string[];
  } = {},
) {
  const world = worldOf(probes);
  for (let hour = 0; hour < hours; hour++)
    for (const [index, probe] of probes.entries())
      for (const target of targets) {
        const speed = sight({ probe, hour, target });
        const at = T0 + hour * HOUR + index * 300_000;
        if (speed !== null) world.write(probe, at, { kind: "speed", body: speedOf(target, speed, choice) });
      }
  return run(world.items);
}

/** A factor around one that differs by hour and probe. */
export function wobble(hour: number, { id }: ProbeInfo): number {
  return Math.exp((((hour * 7919 + id.charCodeAt(1) * 104_729) % 97) / 97 - 0.5) * 0.8);
}
export const usual: Sight = ({ probe, hour }) => ({
  target: 100_000 * wobble(hour, probe),
  control: 110_000 * wobble(hour + 3, probe),
});
export const slow =
  (
    from: number,
    to: number,
    factor: number,
    who: (probe: ProbeInfo) => boolean = ({ role }) => role === "witness",
  ): Sight =>
  (seen) => {
    const speed = usual(seen);
    if (speed === null || speed.target === null || seen.hour < from || seen.hour >= to || !who(seen.probe))
      return speed;
    return { ...speed, target: speed.target * factor };
  };
