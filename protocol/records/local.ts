import { z } from "zod";
import { Text } from "../primitives.ts";

/** Something on the volunteer's own host or line that could explain a failure. No claim is made through it. */
export const LocalSuspect = z.object({
  kind: z.enum([
    "antivirus",
    "ncalayer",
    "vpn",
    "proxy",
    "captive_portal",
    "hosts_file",
    "broken_ipv6",
    "wrong_clock",
    "metered",
    "resolver_dead",
  ]),
  says: Text,
});
export type LocalSuspect = z.infer<typeof LocalSuspect>;
