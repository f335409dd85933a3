import { demo } from "./demo.ts";
import type { Scenario } from "./scenario.ts";
import { captivePortal, collectorCut, domesticOnly, mobileOnly, powerCut, whiteList } from "./shutdowns.ts";

const OTHERS = [domesticOnly, whiteList, mobileOnly, powerCut, collectorCut, captivePortal];

/** Every scenario that `kuager lab` knows. `quick` makes the demonstration shorter. */
export function scenarios(quick: boolean): readonly Scenario[] {
  return [demo(quick), ...OTHERS];
}
