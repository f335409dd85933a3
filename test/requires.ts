import { execFileSync } from "node:child_process";

/**
 * Whether a test whose tools may be missing is to run. In CI it always runs, so that a missing tool fails it; on a
 * contributor's machine it is left out, and vitest's summary counts it. `npm test` elsewhere thus needs no root.
 */
export function runs(...needs: readonly boolean[]): boolean {
  return process.env.CI === "true" || needs.every(Boolean);
}

export const hasNamespaces = (): boolean =>
  process.getuid?.() === 0 && ["ip", "nft", "iptables", "unbound"].every((tool) => works("which", [tool]));

function works(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
