import type { Failure } from "../../../protocol/failure.ts";
import type { TcpStep } from "../../../protocol/records/web.ts";
import { because, type Case, controlsSay, type Finding, lineOf, type Rule } from "./rule.ts";

/** Failures that an address or something before it can make; the others are the host's own. */
const ON_THE_WAY: readonly Failure[] = [
  "connection_refused",
  "connection_reset",
  "connection_aborted",
  "eof_error",
  "generic_timeout_error",
  "host_unreachable",
  "network_unreachable",
];

export const TCP_RULE: Rule = {
  id: "tcp-closed",
  gives: ["tcp_block", "inconclusive"],
  doc: "Every address of the site refuses or swallows connections, controls connect to at least one of the very same, and the innocent site is not shut as well.",
  source: "OONI web_connectivity: TCP failure that the control did not have at the same endpoint",
  judge: tcpClosed,
};

function tcpClosed(found: Case): Finding | null {
  const { paths } = found.facts;
  const steps = paths.flatMap((path) => path.tcp);
  if (steps.length === 0 || steps.some(({ failure }) => failure === null)) return null;
  const closed = steps.filter(isClosed);
  if (closed.length === 0 || found.contrast("tcp") !== "reached") return null;
  // Addresses that no control was given may be a dead server of a CDN near the witness, or a portal's.
  const same = found.controls.some((control) => closed.some(({ ip }) => control.connected.has(ip.toLowerCase())));
  const line = lineOf(found);
  const silent = closed.every(({ failure }) => failure === "generic_timeout_error");
  return {
    code: "tcp_block",
    stage: "tcp",
    strength: same && line.state !== "bad" ? "contrasted" : "weak",
    reasons: [
      because(silent ? "connections get no answer" : "connections are refused or cut", closed),
      ...(line.state === "bad" ? [because("an innocent site is not reached either", line.steps)] : []),
      controlsSay(same ? "controls connect to the same address" : "controls connect, to other addresses"),
    ],
  };
}

/** An IPv6 address that there is no way to is the host's own affair. */
function isClosed({ ip, failure }: TcpStep): boolean {
  const noWay = failure === "network_unreachable" || failure === "host_unreachable";
  return failure !== null && ON_THE_WAY.includes(failure) && !(noWay && ip.includes(":"));
}
