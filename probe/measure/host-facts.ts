import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";

/** What the host says of itself that could explain a failure. */
export type HostFacts = {
  /** Text of the hosts file. */
  hostsText: string;
  /** Names of network interfaces that are up and have an address. */
  interfaces: readonly string[];
  /** Whether the host dials in by PPPoE: then a ppp interface is its line and no VPN. */
  pppoe: boolean;
  /** Names of proxy variables set for this program (never their values, which may hold passwords). */
  proxyVariables: readonly string[];
  /** The wall clock, milliseconds since 1970. */
  nowMs: number;
};

const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

/** Reads the facts from this host; `env` is the program's environment. Never throws: what cannot be read is empty. */
export function readHostFacts(env: Readonly<Record<string, string | undefined>> = {}): HostFacts {
  const set = PROXY_VARIABLES.filter((name) => env[name] || env[name.toLowerCase()]);
  return {
    hostsText: readText("/etc/hosts"),
    interfaces: interfaceNames(),
    // The first line is a heading.
    pppoe: readText("/proc/net/pppoe").trim().split("\n").length > 1,
    proxyVariables: set,
    nowMs: Date.now(),
  };
}

function interfaceNames(): string[] {
  try {
    return Object.keys(networkInterfaces());
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
