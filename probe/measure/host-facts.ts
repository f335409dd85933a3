import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { sha256Hex } from "../../protocol/hash.ts";

/** A network interface that is up and has addresses. */
export type HostInterface = {
  readonly name: string;
  readonly addresses: readonly string[];
  /** A modem of a mobile network, by the kernel's own word. */
  readonly wwan: boolean;
};

/** A certificate authority that somebody added to this host. */
export type LocalRoot = { readonly subject: string; readonly sha256: string };

/** What the host says of itself that could explain a failure. Stays on the host; suspects are told in our own words. */
export type HostFacts = {
  /** Text of the hosts file. */
  hostsText: string;
  interfaces: readonly HostInterface[];
  /** Whether the host dials in by PPPoE: then a ppp interface is its line and no VPN. */
  pppoe: boolean;
  /** Names of proxy variables set for this program (never their values, which may hold passwords). */
  proxyVariables: readonly string[];
  /** Authorities added to the host, read only when an untrusted certificate asks for them. */
  localRoots: () => readonly LocalRoot[];
  /** The wall clock, milliseconds since 1970. */
  nowMs: number;
};

const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

/** Where distributions keep authorities that the owner of the host added. */
const ROOT_FOLDERS = [
  "/usr/local/share/ca-certificates",
  "/etc/pki/ca-trust/source/anchors",
  "/etc/ca-certificates/trust-source/anchors",
];
const MOST_ROOTS = 64;

/** Reads the facts from this host; `env` is the program's environment. Never throws: what cannot be read is empty. */
export function readHostFacts(env: Readonly<Record<string, string | undefined>> = {}): HostFacts {
  const set = PROXY_VARIABLES.filter((name) => env[name] || env[name.toLowerCase()]);
  return {
    hostsText: readText("/etc/hosts"),
    interfaces: interfaces(),
    // The first line is a heading.
    pppoe: readText("/proc/net/pppoe").trim().split("\n").length > 1,
    proxyVariables: set,
    localRoots: () => localRoots(),
    nowMs: Date.now(),
  };
}

/** Authorities in the folders given, by default those where distributions keep the owner's. Unreadable ones are left out. */
export function localRoots(folders: readonly string[] = ROOT_FOLDERS): LocalRoot[] {
  const files = folders.flatMap((folder) => list(folder).map((file) => `${folder}/${file}`));
  return files.slice(0, MOST_ROOTS).flatMap((file) => {
    try {
      const { subject, raw } = new X509Certificate(readFileSync(file));
      return [{ subject: subject.split("\n").join(", "), sha256: sha256Hex(raw) }];
    } catch {
      return [];
    }
  });
}

function interfaces(): HostInterface[] {
  try {
    return Object.entries(networkInterfaces()).map(([name, addresses = []]) => ({
      name,
      addresses: addresses.map(({ address }) => address),
      wwan: /^(?:wwan|wwp|wws|rmnet)/.test(name) || isWwan(readText(`/sys/class/net/${name}/uevent`)),
    }));
  } catch {
    return [];
  }
}

/** Whether the text of an interface's `uevent` file says that it is a modem. */
export function isWwan(uevent: string): boolean {
  return /^DEVTYPE=wwan$/m.test(uevent);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
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
