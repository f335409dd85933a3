import type { LinkBody, LinkCheck, LinkState } from "../../../protocol/records/link.ts";
import type { Line } from "../scenario.ts";

const DOMESTIC = ["egov.kz", "akorda.kz", "nur.kz"];
const WHITELIST = ["tengrinews.kz", "kaspi.kz"];
const FOREIGN = ["cloudflare", "google", "quad9"];

/** State of the ladder that a kind of line shows (probe/link/ladder.ts). */
export function ladderOf(line: Line): LinkState {
  switch (line) {
    case "international":
    case "domestic":
    case "none":
    case "lan":
    case "isp":
      return line;
    case "whitelist":
      return "isp";
    case "partial-port":
      return "isp";
    case "dns-only":
      return "domestic";
    default:
      return "none";
  }
}

/** What a look at the line finds, as probe/link/sense.ts writes it: ports are tried only while anchors abroad fail. */
export function linkBody(
  line: Line,
  medium: LinkBody["medium"],
  change: Pick<LinkBody, "since" | "sinceMono" | "previous">,
): LinkBody {
  const well = line === "international";
  const domestic = well || line === "domestic" || line === "dns-only";
  const resolver =
    domestic && line !== "dns-only" ? true : line === "isp" || line === "whitelist" || line === "partial-port";
  const named = (ids: readonly string[], ok: boolean, failure: "dns" | "tcp" = "tcp") =>
    ids.map((id) => ({ id, ...check(ok, failure) }));
  return {
    state: ladderOf(line),
    ...change,
    medium,
    vpn: false,
    portal: false,
    checks: {
      gateway: check(line !== "none"),
      resolver: check(resolver),
      domestic: named(DOMESTIC, domestic),
      whitelist: well ? [] : named(WHITELIST, domestic || line === "whitelist"),
      foreign: named(FOREIGN, well, line === "dns-only" ? "dns" : "tcp"),
    },
    ports: portsOf(line),
    collector: [{ route: "wss://collector.example/", ok: well }],
  };
}

function check(ok: boolean, failure: "dns" | "tcp" = "tcp"): LinkCheck {
  if (ok) return { ok, ms: 24, failure: null };
  return { ok, ms: null, failure: failure === "dns" ? "dns_temporary_failure" : "generic_timeout_error" };
}

/** In January 2022 TCP 179 and UDP 53 still passed (detection.md 5.3). */
function portsOf(line: Line): LinkBody["ports"] {
  if (line === "international")
    return { "udp/53": null, "tcp/443": null, "tcp/80": null, "tcp/179": null, "udp/443": null };
  const some = line === "partial-port";
  return { "udp/53": some, "tcp/443": false, "tcp/80": false, "tcp/179": some, "udp/443": false };
}
