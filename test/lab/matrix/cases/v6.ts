import { nothing, together } from "../../acts/act.ts";
import { addressDropped, addressRefused } from "../../acts/address.ts";
import { nameReset, nameSilenced } from "../../acts/name.ts";
import { addressClosedV6, v6Dropped, v6Unrouted } from "../../acts/v6.ts";
import { type WebCase, webCase } from "../case.ts";
import { aim } from "../places.ts";

const masa = aim("masa.media");
const dual = { site: "masa.media" } as const;
const both = { ...dual, controls: true } as const;
const fine = { code: "ok", strength: "self-evident" } as const;
const closed = { code: "tcp_block", stage: "tcp", strength: "contrasted" } as const;
const silence = nameSilenced(masa);
const silenceV6 = nameSilenced(masa, "ip6");

/** A site with addresses of both families, met differently on each. */
export const V6_CASES: readonly WebCase[] = [
  webCase("nothing", nothing, fine, dual),
  webCase("IPv6 address dropped, IPv4 fine", addressClosedV6(masa, "drop"), fine, dual),
  webCase("IPv6 address dropped, IPv4 fine, controls", addressClosedV6(masa, "drop"), fine, both),
  webCase("IPv6 address refused, IPv4 fine", addressClosedV6(masa, "refuse"), fine, dual),
  webCase("all IPv6 dropped, IPv4 fine, controls", v6Dropped, fine, both),
  webCase("IPv6 broken on the host", v6Unrouted, { ...fine, local: "broken_ipv6" }, dual),
  webCase("IPv4 address dropped, IPv6 fine, controls", addressDropped(masa.address), fine, both),
  webCase(
    "address dropped on both, controls",
    together(addressDropped(masa.address), addressClosedV6(masa, "drop")),
    closed,
    both,
  ),
  webCase(
    "address refused on both, controls",
    together(addressRefused(masa.address), addressClosedV6(masa, "refuse")),
    closed,
    both,
  ),
  webCase(
    "silence after ClientHello on both",
    together(silence, silenceV6),
    { code: "tls_drop", stage: "tls", strength: "self-evident" },
    dual,
  ),
  webCase("silence after ClientHello on IPv6 only", silenceV6, fine, dual),
  webCase(
    "reset after ClientHello on both",
    together(nameReset(masa), nameReset(masa, "ip6")),
    { code: "tls_reset", stage: "tls", strength: "self-evident" },
    dual,
  ),
];
