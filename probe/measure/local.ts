import type { LocalSuspect } from "../../protocol/records/local.ts";
import { brokenIpv6, captivePortal, metered, proxy, vpn } from "./local-line.ts";
import { clock, inspection } from "./local-tls.ts";
import { type Scene, suspect } from "./suspect.ts";

/**
 * What on the host itself, or on the line just before it, could explain the result for one name. Pure; an empty list
 * means nothing was found, and a suspect is no verdict: no claim is made through it.
 */
export function findSuspects(scene: Scene): LocalSuspect[] {
  const found = [
    hostsFile(scene),
    vpn(scene),
    proxy(scene),
    inspection(scene),
    clock(scene),
    captivePortal(scene),
    brokenIpv6(scene),
    metered(scene),
  ];
  return found.filter((one) => one !== null);
}

function hostsFile({ hostName, facts }: Scene): LocalSuspect | null {
  const entry = facts.hostsText.split("\n").find((line) => {
    const [, ...names] = (line.split("#")[0] ?? "").trim().toLowerCase().split(/\s+/);
    return names.includes(hostName.toLowerCase());
  });
  return entry === undefined ? null : suspect("hosts_file", `The hosts file has an entry for ${hostName}.`);
}
