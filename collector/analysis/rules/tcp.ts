import type { Failure } from "../../../protocol/failure.ts";
import { because, type Case, controlsSay, type Finding, type Rule } from "./rule.ts";

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
  gives: ["tcp_block"],
  doc: "Every address of the site refuses or swallows connections, and controls connect to it.",
  source: "OONI web_connectivity: TCP failure that the control did not have",
  judge: tcpClosed,
};

function tcpClosed(found: Case): Finding | null {
  const { paths } = found.facts;
  const steps = paths.flatMap((path) => path.tcp);
  if (steps.length === 0 || steps.some(({ failure }) => failure === null)) return null;
  const closed = steps.filter(({ failure }) => failure !== null && ON_THE_WAY.includes(failure));
  if (closed.length === 0 || found.contrast("tcp") !== "reached") return null;
  const same = found.controls.some((control) => paths.some((path) => control.connected.has(path.ip)));
  const silent = closed.every(({ failure }) => failure === "generic_timeout_error");
  return {
    code: "tcp_block",
    stage: "tcp",
    strength: "contrasted",
    reasons: [
      because(silent ? "connections get no answer" : "connections are refused or cut", closed),
      controlsSay(same ? "controls connect to the same address" : "controls connect to the addresses they are given"),
    ],
  };
}
