import type { SpeedBody } from "../../../protocol/records/speed.ts";
import type { Random } from "../random.ts";

const CAP_BYTES = 256 * 1024;
const CAP_MS = 8000;

/** A paired sample: goodput in bytes a second and handshakes in milliseconds, as probe/measure/speed.ts writes it. */
export function speedBody(
  site: { target: string; url: string; ip: string },
  seen: { target: number; control: number; targetShakeMs: number; controlShakeMs: number },
  random: Random,
): SpeedBody {
  const connectMs = Math.round(seen.controlShakeMs / 2);
  return {
    target: site.target,
    url: site.url,
    control: { url: `https://${site.ip}/`, choice: "same-address" },
    order: random.chance(0.5) ? "control-first" : "target-first",
    direction: "down",
    samples: { target: seriesOf(seen.target), control: seriesOf(seen.control) },
    handshakeMs: { target: Math.round(seen.targetShakeMs), control: Math.round(seen.controlShakeMs) },
    failure: { target: null, control: null },
    connectMs: { target: connectMs, control: connectMs },
    answered: { target: true, control: true },
    addresses: { target: site.ip, control: site.ip },
  };
}

/** Points each tenth of the transfer, which ends with its bytes or its time. */
function seriesOf(bytesPerS: number): [number, number][] {
  const endMs = Math.min(CAP_MS, (CAP_BYTES / bytesPerS) * 1000);
  return Array.from({ length: 10 }, (_, index) => {
    const ms = Math.max(1, Math.round((endMs * (index + 1)) / 10));
    return [ms, Math.min(CAP_BYTES, Math.round((bytesPerS * ms) / 1000))];
  });
}
