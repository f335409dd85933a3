import { addressDropped, addressRefused, addressUnreachable, portCut } from "../../acts/address.ts";
import { type WebCase, webCase } from "../case.ts";
import { aim } from "../places.ts";

const { address } = aim("orda.kz");
const closed = { code: "tcp_block", stage: "tcp", strength: "contrasted" } as const;
const unknown = { code: "inconclusive" } as const;
const controls = { controls: true } as const;
const http = { scheme: "http" } as const;
const reached = { code: "ok", strength: "self-evident" } as const;
const oneOfTwo = aim("azattyq.org").address;

/** Addresses and ports that swallow or refuse connections. */
export const ADDRESS_CASES: readonly WebCase[] = [
  webCase("address dropped, controls", addressDropped(address), closed, controls),
  webCase("address dropped, controls, no follow-ups", addressDropped(address), closed, {
    ...controls,
    followups: false,
  }),
  webCase("address dropped, controls, line unknown", addressDropped(address), closed, { ...controls, link: false }),
  webCase("address dropped, http, controls", addressDropped(address), closed, { ...http, ...controls }),
  webCase("address dropped", addressDropped(address), unknown),
  webCase("address refused, controls", addressRefused(address), closed, controls),
  webCase("address refused, http, controls", addressRefused(address), closed, { ...http, ...controls }),
  webCase("address refused", addressRefused(address), unknown),
  webCase("address unreachable, controls", addressUnreachable(address), closed, controls),
  webCase("address unreachable", addressUnreachable(address), unknown),
  webCase("one of two addresses dropped", addressDropped(oneOfTwo), reached, { site: "azattyq.org" }),
  webCase("one of two addresses dropped, controls", addressDropped(oneOfTwo), reached, {
    site: "azattyq.org",
    ...controls,
  }),
  webCase("port 443 cut, controls", portCut(443), { code: "offline" }, controls),
  // The page came in clear and is the controls': a page that came is not explained by a line that is down.
  webCase(
    "port 443 cut, http, controls",
    portCut(443),
    { code: "ok", strength: "contrasted" },
    { ...http, ...controls },
  ),
  webCase("port 443 cut, line unknown", portCut(443), unknown, { link: false }),
  webCase("port 80 cut, https", portCut(80), reached),
  webCase("port 80 cut, http, controls", portCut(80), closed, { ...http, ...controls }),
];
