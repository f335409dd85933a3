import type { Incident } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { spanText, type TimeStyle } from "../time.ts";

/** When an incident began, as text; where it was so already when watching began, that too: it may be cited alone. */
export function startText({ t }: Context, { start, startUnknown }: Incident, style: TimeStyle): string {
  const span = spanText(start.earliest, start.latest, style);
  return startUnknown === true ? t("incident.startOrEarlier", { start: span }) : span;
}
