import { mediumOf } from "./interfaces.ts";
import { defaultRoute } from "./route.ts";

/** Whether the way out is a mobile modem, whose bytes may cost money. */
export function isOnModem(): boolean {
  const route = defaultRoute();
  return route ? mediumOf(route.interface) === "wwan" : false;
}
