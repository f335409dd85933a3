import { single } from "./shutdowns.ts";

/** Look-alikes of a cut on the way between one host and its provider. */

/** One cable of eight. */
export const cablePulled = single("cable-pulled", "one probe's cable is out", {
  does: "cable-pulled",
  probe: "probe-kt-almaty-1",
});

/** A router hangs with all its links up: an outage of one network in one city. */
export const gatewayDead = single("gateway-dead", "Beeline's router in Astana hangs, its links up", {
  does: "gateway-dead",
  network: "beeline",
  city: "astana",
});

/** A provider's resolver dies; resolvers abroad answer. */
export const resolverDead = single("resolver-dead", "Kcell's resolver answers nothing, others do", {
  does: "resolver-dead",
  network: "kcell",
});

/** Another network is measured than the one the probe stands for. */
export const vpn = single("vpn", "a VPN carries one probe's traffic abroad", {
  does: "vpn",
  probe: "probe-kt-astana-1",
});
