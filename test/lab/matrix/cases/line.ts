import { nothing, together } from "../../acts/act.ts";
import { jammed, onlyTo } from "../../acts/address.ts";
import { resolverNamesOneAddress } from "../../acts/dns.ts";
import { pageServer } from "../../acts/page.ts";
import { addressesThrottled, addressThrottled, nameThrottled } from "../../acts/throttle.ts";
import { type SeriesCase, type SpeedCase, type WebCase, webCase } from "../case.ts";
import { aim, CONTROL_NAME, DOMESTIC_RANGES, NOWHERE, PAGE_ADDRESS, RESOLVER, SITES } from "../places.ts";

const orda = aim("orda.kz");
const domesticOnly = onlyTo("gateway cut: domestic only", DOMESTIC_RANGES);
const whiteList = onlyTo("white list", [`${aim("kundelik.kz").address}/32`]);
/** The subscriber's network alone, as the mobile ones when fixed ones stay: its own resolver still answers. */
const networkCut = onlyTo("network cut: its resolver only", [`${RESOLVER}/32`]);
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
  webCase("network cut, site abroad, controls", networkCut, offline, controls),
  webCase("network cut, site at home, controls", networkCut, offline, { site: "vlast.kz", ...controls }),
  webCase("all packets lost, controls", jammed, offline, controls),
  webCase("all packets lost, line unknown", jammed, offline, { link: false }),
  webCase("all packets lost, http, controls", jammed, offline, { scheme: "http", ...controls }),
  webCase("portal in DNS, https, controls", portalInDns, portal, controls),
  webCase("portal in DNS, https, controls, line unknown", portalInDns, portal, { link: false, ...controls }),
  webCase("portal in DNS, http, controls", portalInDns, portal, { scheme: "http", ...controls }),
  webCase("portal in DNS, http, controls, line unknown", portalInDns, portal, {
    scheme: "http",
    link: false,
    ...controls,
  }),
  webCase("closed portal in DNS, controls", closedPortalInDns, portal, controls),
  // The page comes with its certificate from the address that others name: no portal stands before an open line.
  webCase("one address for every name, all else open", oneForAll(NOWHERE), { code: "dns_tamper", stage: "dns" }),
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

/** Slow, and yet a page's worth of bytes in half a second: a series needs many pairs. */
const SERIES_KBIT = 1_600;
const near = { site: "orda.kz", control: CONTROL_NAME } as const;

/** Series of pairs; the control stands in the target's own prefix, so its usual speed is the target's. */
export const SERIES_CASES: readonly SeriesCase[] = [
  { name: "address", act: addressThrottled(orda, SERIES_KBIT), ...near, throttled: true },
  { name: "name", act: nameThrottled(orda, SERIES_KBIT), ...near, throttled: true },
  {
    name: "the control as well: a slow line",
    act: addressesThrottled([orda.address, aim(CONTROL_NAME).address], SERIES_KBIT),
    ...near,
    throttled: false,
  },
  { name: "nothing", act: nothing, ...near, throttled: false },
];
