import { demo } from "./demo.ts";
import * as lines from "./lines.ts";
import type { Scenario } from "./scenario.ts";
import {
  captivePortal,
  cityCut,
  collectorCut,
  dnsOnly,
  domesticOnly,
  jam,
  mobileOnly,
  onePort,
  powerCut,
  totalCut,
  whiteList,
} from "./shutdowns.ts";
import * as sites from "./sites.ts";

const CUTS = [totalCut, domesticOnly, whiteList, dnsOnly, onePort, mobileOnly, cityCut, jam];
const LOOK_ALIKES = [
  powerCut,
  collectorCut,
  captivePortal,
  lines.cablePulled,
  lines.gatewayDead,
  lines.resolverDead,
  lines.vpn,
];
const SITES = [sites.mitm, sites.interception, sites.throttle, sites.ddos, sites.closedAbroad];

/** Every scenario that `kuager lab` knows. `quick` makes the demonstration shorter. */
export function scenarios(quick: boolean): readonly Scenario[] {
  return [demo(quick), ...CUTS, ...LOOK_ALIKES, ...SITES];
}
