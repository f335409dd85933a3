import { z } from "zod";
import { HostName, Ms, RoundId } from "../primitives.ts";
import { LocalSuspect } from "./local.ts";
import { Steps } from "./web.ts";

/** Endpoints of one messenger, with the step arrays of a web measurement. */
export const ImBody = z.object({
  service: z.enum(["telegram", "whatsapp", "signal"]),
  target: HostName.optional(),
  round: RoundId,
  durationMs: Ms,
  ...Steps,
  local: z.array(LocalSuspect).max(32).optional(),
});
export type ImBody = z.infer<typeof ImBody>;
