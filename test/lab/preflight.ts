import { mkdir, rmdir } from "node:fs/promises";
import { CodedError } from "../../protocol/coded-error.ts";
import { addIptablesRule, addNftTable } from "./net/firewall.ts";
import { installHint, runTool } from "./net/run-tool.ts";
import { createUndoList } from "./net/undo-list.ts";

const TOOLS = ["ip", "nft", "iptables", "ip6tables", "tee", "unbound"] as const;
/** What makes a tool say that it is there, where it is not `--version`. */
const ASK: Readonly<Record<string, string>> = { ip: "-V", unbound: "-V" };
const NEEDS = "The lab builds a small internet in network namespaces on this machine";

/**
 * Finds out whether this machine can carry the lab, by trying each thing once in a namespace of its own that is
 * removed again; `all` tries what only the matrix needs as well. Throws `unavailable` with a sentence that says what is
 * missing and what to do.
 */
export async function preflight(prefix: string, needs: "scenario" | "all" = "scenario"): Promise<void> {
  if (process.platform !== "linux") throw unavailable("That needs Linux.");
  await Promise.all(TOOLS.map(checkTool));
  const undo = createUndoList();
  try {
    const namespace = `${prefix}preflight`;
    await attempt(() => runTool("ip", ["netns", "add", namespace]), rootHint());
    undo.add(namespace, () => runTool("ip", ["netns", "del", namespace]));
    const v6 = ["-n", namespace, "addr", "add", "2001:db8::1/128", "dev", "lo"];
    await attempt(() => runTool("ip", v6), IPV6);
    await attempt(
      () => addNftTable(namespace, "kuager_try", "chain try { type filter hook forward priority 0; }"),
      NFT,
    );
    const rule = ["-p", "tcp", "-m", "string", "--algo", "bm", "--string", "x", "-j", "CONNMARK", "--set-mark", "0x66"];
    await attempt(() => addIptablesRule(namespace, "mangle/FORWARD", rule), STRING_MATCH);
    await attempt(
      () => addIptablesRule(namespace, "mangle/FORWARD", ["-m", "connmark", "--mark", "0x66"]),
      STRING_MATCH,
    );
    if (needs === "all") await tryAll(namespace);
    await attempt(() => mkdir(`/etc/netns/${namespace}`, { recursive: true }), RESOLVERS);
    undo.add("/etc/netns", () => rmdir("/etc/netns").catch(() => {}));
    undo.add(`/etc/netns/${namespace}`, () => rmdir(`/etc/netns/${namespace}`));
  } finally {
    await undo.close();
  }
}

/** What filters of the matrix are made of, beyond what scenarios use. */
async function tryAll(namespace: string): Promise<void> {
  const redirect = "chain try { type nat hook prerouting priority dstnat; tcp dport 443 redirect to :8500; }";
  await attempt(() => addNftTable(namespace, "kuager_try_nat", redirect), NFT);
  const reset = ["-p", "tcp", "-j", "REJECT", "--reject-with", "tcp-reset"];
  await attempt(() => addIptablesRule(namespace, "filter/FORWARD", reset), RESETS);
  const slow = ["-j", "CLASSIFY", "--set-class", "1:10"];
  await attempt(() => addIptablesRule(namespace, "mangle/FORWARD", slow), SHAPING);
  const tc = ["netns", "exec", namespace, "tc", "qdisc", "add", "dev", "lo", "root", "handle", "1:", "htb"];
  await attempt(() => runTool("ip", tc), SHAPING);
}

const IPV6 = "IPv6 does not work in namespaces here: the kernel has it switched off.";
const RESETS = "iptables cannot send resets here: the kernel needs ipt_REJECT.";
const SHAPING = "Traffic cannot be slowed here: the kernel needs sch_htb and xt_CLASSIFY, and tc must be installed.";
const NFT = "The kernel's nftables (module nf_tables) does not work here.";
const STRING_MATCH =
  "iptables cannot match text in packets here: the kernel needs xt_string and xt_connmark " +
  "(on Ubuntu they are in the package 'linux-modules-extra-…').";
const RESOLVERS = "The folder /etc/netns cannot be written: each namespace's resolver is set there.";

function rootHint(): string {
  return process.getuid?.() === 0
    ? "Namespaces cannot be made here: a container needs the capabilities NET_ADMIN and SYS_ADMIN (docker run --privileged)."
    : "That needs root: run it again with sudo.";
}

async function checkTool(tool: string): Promise<void> {
  try {
    await runTool(tool, [ASK[tool] ?? "--version"]);
  } catch (error) {
    throw unavailable(`The tool '${tool}' is missing. ${installHint(tool)}`, error);
  }
}

async function attempt(trial: () => Promise<unknown>, hint: string): Promise<void> {
  try {
    await trial();
  } catch (error) {
    const said = error instanceof Error ? ` (${error.message})` : "";
    throw unavailable(`${hint}${said}`, error);
  }
}

function unavailable(problem: string, cause?: unknown): CodedError {
  return new CodedError("unavailable", `${NEEDS}. ${problem}`, { cause });
}
