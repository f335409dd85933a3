import { readdir, readFile } from "node:fs/promises";
import pLimit from "p-limit";
import { runTool } from "../net/run-tool.ts";

/** What stands in one place of the lab, a line a thing: devices, addresses, routes, rules. */
export type Snapshot = ReadonlyMap<string, readonly string[]>;

/** Tools at once: more would only wait for the processor. */
const AT_ONCE = 4;
/** Tables that iptables makes for itself at its first rule and keeps. */
const KEPT_BY_IPTABLES = /^table ip6? (filter|mangle|nat|raw|security)$/;
/** Of what iptables-save prints only rules are looked at: chains come with their counters, comments with the time. */
const OF_IPTABLES = /^(#|\*|:|COMMIT)/;
const IP_LINES = "link show\naddr show\nroute show table all\n";
/** In one shell: to enter a namespace takes longer than the tools. */
const LOOK = "ip -o -batch -; nft list tables; iptables-save";

/** Looks at these namespaces, and at the processes that this one has started. Throws `failed` with a tool's words. */
export async function snapshot(namespaces: readonly string[], more: () => Promise<Snapshot>): Promise<Snapshot> {
  const limit = pLimit(AT_ONCE);
  const places = namespaces.map((namespace) => limit(async () => [namespace, await lookAt(namespace)] as const));
  const network = await Promise.all(places);
  return new Map([...network, ...(await more()), ["processes", await processes()]]);
}

async function lookAt(namespace: string): Promise<string[]> {
  const text = await runTool("ip", ["netns", "exec", namespace, "sh", "-ec", LOOK], IP_LINES);
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !KEPT_BY_IPTABLES.test(line) && !OF_IPTABLES.test(line))
    .sort();
}

/** Command lines of this process's own children, tools left out. */
async function processes(): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(commandOfChild));
  return found.filter((command) => command !== null).sort();
}

/** The words of a child's command; null for what is no child of this process, or has ended. */
async function commandOfChild(pid: string): Promise<string | null> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "");
  const parent = /^PPid:\t(\d+)$/m.exec(await read("status"))?.[1];
  if (Number(parent) !== process.pid) return null;
  const words = (await read("cmdline")).split("\0").join(" ").trim();
  return words === "" ? null : words;
}

/** Lines that one of two snapshots has and the other has not, each with its place: `-` for gone, `+` for new. Pure. */
export function changes(before: Snapshot, after: Snapshot): string[] {
  return [...before.keys()].flatMap((place) => {
    const [was, is] = [before.get(place) ?? [], after.get(place) ?? []];
    return [
      ...without(was, is).map((line) => `${place}: - ${line}`),
      ...without(is, was).map((line) => `${place}: + ${line}`),
    ];
  });
}

/** What is left of `lines` when each of `others` has taken one of its like away. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const taken = [...others];
  return lines.filter((line) => {
    const index = taken.indexOf(line);
    if (index >= 0) taken.splice(index, 1);
    return index < 0;
  });
}
