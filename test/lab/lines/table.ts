import { SITES, WHITE_LISTED } from "../world/places.ts";
import { cablePulled, gatewayDead, type LineAct, onlyPasses, portal, powerCut, vanishes, vpn } from "./acts.ts";
import { answers, anyOf, carrier, collector, type Fact, flag, port, state } from "./facts.ts";

/** Something that happens to a line, and what the probe's journal must say of it. */
export type LineScenario = {
  name: string;
  title: string;
  act: LineAct;
  /** The word of newer journals for it; compared where a journal has such words. */
  condition: string | null;
  facts: readonly Fact[];
  /** What is read: entries on the line, on the ways to the collector as well, or the start after a loss of power. */
  reads: "line" | "collector" | "power";
  /** Another line in the same city that nothing is done to. */
  neighbour?: true;
};

const OPEN = SITES.domestic.filter(({ name }) => name === WHITE_LISTED).map(({ address }) => address);
const DNS = "meta l4proto { tcp, udp } th dport { 53, 853 }";

/** The thirteen lines of the lab, each named by facts that a journal entry must bear out. */
export const LINES: readonly LineScenario[] = [
  line(
    "total-cut",
    "the provider takes nothing",
    onlyPasses(() => []),
    "total-cut",
    [state("lan"), answers("gateway", true), answers("resolver", false)],
  ),
  line(
    "domestic-only",
    "only addresses inside the country pass",
    onlyPasses(() => ["ip daddr 203.0.113.0/24"]),
    "domestic-only",
    [state("domestic"), anyOf("domestic", true), anyOf("foreign", false)],
  ),
  line(
    "white-list",
    "only one domestic site and the resolver pass",
    onlyPasses(({ resolver }) => [`ip daddr { ${[...OPEN, resolver].join(", ")} }`]),
    "white-list",
    [state("isp"), anyOf("whitelist", true), anyOf("domestic", false), anyOf("foreign", false)],
  ),
  line(
    "dns-only",
    "no resolver anywhere answers, all else works",
    vanishes(() => [DNS]),
    "dns-only",
    [state("international"), answers("resolver", false), port("udp/53", false)],
  ),
  line(
    "one-port",
    "everything vanishes but TCP 179 and 3785",
    onlyPasses(() => ["tcp dport { 179, 3785 }"]),
    "partial-port",
    [state("lan"), port("tcp/179", true), port("tcp/443", false), port("tcp/80", false)],
  ),
  line("captive-portal", "the router shows a login page for everything", portal, "portal", [
    state("isp"),
    flag("portal", true),
  ]),
  {
    ...line(
      "mobile-only",
      "the mobile network forwards nothing, the fixed one stays",
      onlyPasses(({ resolver }) => [`ip daddr ${resolver}`]),
      "total-cut",
      [state("isp"), answers("resolver", true), anyOf("domestic", false), anyOf("foreign", false)],
    ),
    neighbour: true,
  },
  {
    ...line("power-cut", "the host loses its power and boots again", powerCut, null, []),
    reads: "power",
  },
  line("cable-pulled", "the cable is out", cablePulled, "no-carrier", [state("none"), carrier(false)]),
  line("gateway-dead", "the link is up, the router answers nothing", gatewayDead, "gateway-dead", [
    state("none"),
    answers("gateway", false),
    carrier(true),
  ]),
  line(
    "resolver-dead",
    "the provider's resolver answers nothing, others do",
    vanishes(({ resolver }) => [`ip daddr ${resolver} ${DNS}`]),
    "resolver-dead",
    [state("international"), answers("resolver", false), port("udp/53", true)],
  ),
  {
    ...line(
      "collector-dead",
      "nothing reaches the collector",
      vanishes((_, lab) => [`ip daddr ${lab.addressOf("collector")}`]),
      null,
      [state("international"), collector(false)],
    ),
    reads: "collector",
  },
  line("vpn", "a tunnel carries all traffic abroad", vpn, null, [state("international"), flag("vpn", true)]),
];

function line(
  name: string,
  title: string,
  act: LineAct,
  condition: string | null,
  facts: readonly Fact[],
): LineScenario {
  return { name, title, act, condition, facts, reads: "line" };
}
