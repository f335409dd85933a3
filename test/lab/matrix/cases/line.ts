import { nothing, together } from "../../acts/act.ts";
import { jammed, onlyTo } from "../../acts/address.ts";
import { resolverNamesOneAddress } from "../../acts/dns.ts";
import { pageServer } from "../../acts/page.ts";
import { addressThrottled, nameThrottled } from "../../acts/throttle.ts";
import { type SpeedCase, type WebCase, webCase } from "../case.ts";
import { aim, CONTROL_NAME, DOMESTIC_RANGES, NOWHERE, PAGE_ADDRESS, SITES } from "../places.ts";

const orda = aim("orda.kz");
const domesticOnly = onlyTo("gateway cut: domestic only", DOMESTIC_RANGES);
const whiteList = onlyTo("white list", [`${aim("kundelik.kz").address}/32`]);
/** A portal that names itself for every name and lets nothing else through, with a login page or closed. */
const oneForAll = (address: string) =>
  resolverNamesOneAddress(
    SITES.map(({ name }) => name),
    address,
  );
const nothingElse = onlyTo("nothing else passes", [PAGE_ADDRESS, NOWHERE]);
const portalInDns = together(pageServer(PAGE_ADDRESS, "unknown"), oneForAll(PAGE_ADDRESS), nothingElse);
const closedPortalInDns = together(oneForAll(NOWHERE), nothingElse);
const portal = { code: "captive_portal" } as const;
const offline = { code: "offline" } as const;
const fine = { code: "ok", strength: "self-evident" } as const;
const controls = { controls: true } as const;
const THROTTLE_KBIT = 160;

/** Cuts and slowness of the line: never a claim about one site. */
export const LINE_CASES: readonly WebCase[] = [
  webCase("gateway cut, site abroad, controls", domesticOnly, offline, controls),
  webCase("gateway cut, site abroad", domesticOnly, offline),
  webCase("gateway cut, site abroad, line unknown", domesticOnly, { code: "inconclusive" }, { link: false }),
  webCase("gateway cut, site at home", domesticOnly, fine, { site: "vlast.kz" }),
  webCase("white list, site not on it, controls", whiteList, offline, controls),
  webCase("white list, site at home not on it, controls", whiteList, offline, { site: "vlast.kz", ...controls }),
  webCase("white list, site on it", whiteList, fine, { site: "kundelik.kz" }),
  webCase("all packets lost, controls", jammed, offline, controls),
  webCase("all packets lost, line unknown", jammed, offline, { link: false }),
  webCase("all packets lost, http, controls", jammed, offline, { scheme: "http", ...controls }),
  webCase("portal in DNS, https, controls", portalInDns, portal, controls),
  webCase("portal in DNS, https, controls, line unknown", portalInDns, portal, { link: false, ...controls }),
  // A page in clear raises no further question, so nothing shows that other names lead to it as well.
  webCase(
    "portal in DNS, http, controls",
    portalInDns,
    { code: ["captive_portal", "offline"] },
    { scheme: "http", ...controls },
  ),
  webCase(
    "portal in DNS, http, controls, line unknown",
    portalInDns,
    { code: ["captive_portal", "inconclusive"] },
    {
      scheme: "http",
      link: false,
      ...controls,
    },
  ),
  webCase("closed portal in DNS, controls", closedPortalInDns, { code: ["captive_portal", "offline"] }, controls),
  // The resolver does lie, about everything; the line itself is open. Whether that is a portal, nobody can tell.
  webCase("one address for every name, all else open", oneForAll(NOWHERE), { code: ["dns_tamper", "captive_portal"] }),
  webCase("address throttled", addressThrottled(orda, THROTTLE_KBIT), fine),
  webCase("name throttled", nameThrottled(orda, THROTTLE_KBIT), fine),
  webCase(
    "name throttled, http, controls",
    nameThrottled(orda, THROTTLE_KBIT),
    { code: "ok", strength: "contrasted" },
    { scheme: "http", ...controls },
  ),
];

/** Pairs of a target and a control object on one line. */
export const SPEED_CASES: readonly SpeedCase[] = [
  { name: "pair, nothing", act: nothing, site: "orda.kz", control: CONTROL_NAME, slower: false },
  {
    name: "pair, address throttled",
    act: addressThrottled(orda, THROTTLE_KBIT),
    site: "orda.kz",
    control: CONTROL_NAME,
    slower: true,
  },
  {
    name: "pair, name throttled",
    act: nameThrottled(orda, THROTTLE_KBIT),
    site: "orda.kz",
    control: CONTROL_NAME,
    slower: true,
  },
  {
    name: "pair, another site throttled",
    act: addressThrottled(aim("wikipedia.org"), THROTTLE_KBIT),
    site: "orda.kz",
    control: CONTROL_NAME,
    slower: false,
  },
];
