import { createAgenda } from "../../../collector/analysis/agenda.ts";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import { createThrottleDetector } from "../../../collector/analysis/throttle/throttle.ts";
import type { ProbeInfo } from "../../../protocol/archive.ts";
import type { SpeedBody } from "../../../protocol/records/speed.ts";
import type { Verdict } from "../../../protocol/verdict.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Enough for the exact test: twelve probe-hours in its shortest window, and two hours of lasting. */
const [HOURS, PROBES] = [6, 3];
/** So long it may take until it is called: pairs of a busy machine are noisy, and noise asks for more of them. */
const HOURS_MOST = 12;
const BEGAN_MS = Date.parse("2022-01-05T00:00:00Z");

/**
 * Measures pair after pair, each really, and tells the throttling detector that three probes of one network measured them
 * in six hours. Returns what it says of the last one; null while it calls nothing throttled. `patient`: where nothing is
 * called yet, it goes on hour by hour for as long again; a series that must stay silent is never given more chances.
 */
export async function verdictOfSeries(
  pair: () => Promise<SpeedBody>,
  patient: boolean,
  signal: AbortSignal,
): Promise<Verdict | null> {
  const agenda = createAgenda();
  const detector = createThrottleDetector({ knowledge: knowledgeFrom({}), agenda, put: () => {} });
  const tell = async (hour: number, probe: number) => {
    signal.throwIfAborted();
    const body = await pair();
    const at = BEGAN_MS + hour * HOUR_MS + probe * MINUTE_MS;
    agenda.runUntil(at);
    return detector.sample(probeOf(probe), at, at, body);
  };
  for (let hour = 0; hour < HOURS; hour++) for (let probe = 0; probe < PROBES; probe++) await tell(hour, probe);
  let verdict = await tell(HOURS, 0);
  for (let hour = HOURS; patient && verdict === null && hour < HOURS_MOST; hour++) {
    for (let probe = 1; probe < PROBES; probe++) await tell(hour, probe);
    verdict = await tell(hour + 1, 0);
  }
  return verdict;
}

function probeOf(index: number): ProbeInfo {
  const place = { role: "witness", asn: 9198, region: "KZ-75", access: "fixed" } as const;
  return { id: `series-${index}`, ...place, from: new Date(BEGAN_MS).toISOString(), to: null };
}
