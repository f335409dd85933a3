import { parseJson } from "../../protocol/parse.ts";
import { SignedRelease } from "../../protocol/release.ts";
import { Problem } from "../../protocol/wire.ts";
import type { Membership } from "../membership/membership.ts";
import { addressesOf } from "../uplink/addresses.ts";
import { request } from "../uplink/request.ts";
import type { Way } from "../uplink/way.ts";
import { type Finding, finding } from "./finding.ts";

const ANSWER_MS = 8000;

/**
 * Asks each address of the collector something small, by the way that delivery takes. When none answers although the
 * line is well, that fails; on a dead line it is what the probe exists to record.
 */
export async function checkCollectors(
  { collectors }: Pick<Membership, "collectors">,
  way: Way,
  isLineUp: boolean,
  signal: AbortSignal,
): Promise<Finding[]> {
  const found = await Promise.all(collectors.map((collector) => checkOne(collector, way, signal)));
  const isReached = found.some(({ id }) => id === "collectorOk");
  return isReached || !isLineUp ? found : [...found, finding("collectorNone")];
}

async function checkOne(collector: string, way: Way, signal: AbortSignal): Promise<Finding> {
  const { release, base } = addressesOf(collector);
  const address = new URL(base).host;
  try {
    const { status, text } = await request({ method: "GET", url: release, way, timeoutMs: ANSWER_MS }, signal);
    const isOurs = parseJson(SignedRelease, text).ok || parseJson(Problem, text).ok;
    return finding(isOurs ? "collectorOk" : "collectorOdd", { address }, `status ${status}`);
  } catch (error) {
    return finding("collectorSilent", { address }, error instanceof Error ? error.message : String(error));
  }
}
