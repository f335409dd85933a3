import { nothing } from "../../acts/act.ts";
import { jammed, onlyTo } from "../../acts/address.ts";
import { resolverNamesOneAddress } from "../../acts/dns.ts";
import { addressThrottled, nameThrottled } from "../../acts/throttle.ts";
import { type SpeedCase, type WebCase, webCase } from "../case.ts";
import { aim, CONTROL_NAME, DOMESTIC_RANGES, NOWHERE } from "../places.ts";

const orda = aim("orda.kz");
const domesticOnly = onlyTo("gateway cut: domestic only", DOMESTIC_RANGES);
const whiteList = onlyTo("white list", [`${aim("kundelik.kz").address}/32`]);
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
  webCase(
    "one address with nothing there for this and an innocent name, controls",
    resolverNamesOneAddress(["orda.kz", CONTROL_NAME], NOWHERE),
    { code: "dns_tamper", strength: "contrasted" },
    { resolvers: "provider", ...controls },
  ),
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
