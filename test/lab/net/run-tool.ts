import { execFile } from "node:child_process";
import { CodedError, errorCode } from "../../../protocol/coded-error.ts";

/** Longest time one call of a network tool may take. */
const TOOL_TIMEOUT_MS = 20_000;

/**
 * Runs one tool (`ip`, `nft`, `iptables`, `tee`) without a shell and returns what it printed. Throws `unavailable`
 * when the tool is not installed and `failed` with the tool's own words when it refuses.
 */
export function runTool(tool: string, args: readonly string[], input = ""): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(tool, [...args], { timeout: TOOL_TIMEOUT_MS, maxBuffer: 4 << 20 }, (error, out, err) => {
      if (error === null) return resolve(out);
      if (errorCode(error) === "ENOENT")
        return reject(new CodedError("unavailable", `The tool '${tool}' is missing. ${installHint(tool)}`));
      const said = err.trim() || error.message;
      reject(new CodedError("failed", `${tool} ${args.join(" ")}: ${said}`, { cause: error }));
    });
    // A tool that ends before it has read its input is told of by its exit code, not by the broken pipe.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

const PACKAGE_OF: Readonly<Record<string, string>> = {
  ip: "iproute2",
  nft: "nftables",
  iptables: "iptables",
  ip6tables: "iptables",
  tc: "iproute2",
  tee: "coreutils",
  unbound: "unbound",
};

/** What to install for a missing tool, in words for a person. */
export function installHint(tool: string): string {
  const name = PACKAGE_OF[tool] ?? tool;
  return `Install the package '${name}' (Debian, Ubuntu: apt-get install ${name}).`;
}
