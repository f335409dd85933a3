import { accessSync, constants, existsSync, statfsSync, statSync } from "node:fs";
import { errorCode } from "../../protocol/coded-error.ts";
import { loadIdentity } from "../identity/identity.ts";
import { loadMembership, type Membership } from "../membership/membership.ts";
import { isPaused } from "../pause.ts";
import { type Finding, finding } from "./finding.ts";

/** The oldest Node that runs this program (package.json, engines). */
const NODE_LEAST = [20, 18, 1] as const;
const MIB = 1024 * 1024;
/** Below the first a warning; below the second the journal cannot be relied on. */
const SPACE = { low: 500 * MIB, none: 20 * MIB };

/** Whether this Node is new enough. */
export function checkNode(version: string = process.versions.node): Finding {
  const parts = version.split(".").map(Number);
  const firstOther = NODE_LEAST.findIndex((least, index) => parts[index] !== least);
  const isOld = firstOther >= 0 && (parts[firstOther] ?? 0) < (NODE_LEAST[firstOther] ?? 0);
  return finding(isOld ? "nodeOld" : "nodeOk", { version, least: NODE_LEAST.join(".") });
}

/** Whether the database driver loads; it is the one part that is made for each kind of machine. */
export async function checkDriver(): Promise<Finding> {
  try {
    const { sqliteVersion } = await import("../journal/database.ts");
    return finding("driverOk", {}, `SQLite ${sqliteVersion()}`);
  } catch (error) {
    return finding("driverMissing", {}, `better-sqlite3: ${errorCode(error) ?? String(error).slice(0, 200)}`);
  }
}

/** The data folder: there, ours to write, closed to others, with room. */
export function checkFolder(folder: string): Finding[] {
  if (!existsSync(folder)) return [finding("folderMissing", { folder })];
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return [finding("folderClosed", { folder }, errorCode(error))];
  }
  const mode = statSync(folder).mode & 0o777;
  const open = (mode & 0o077) === 0 ? [] : [finding("folderOpen", { folder }, `mode ${mode.toString(8)}, not 700`)];
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const id = free < SPACE.none ? "spaceNone" : free < SPACE.low ? "spaceLow" : "folderOk";
  return [finding(id, { folder, mib: Math.floor(free / MIB) }), ...open];
}

/** What joining left: null where there is nothing to go on with. */
export function checkMembership(folder: string): { found: Finding[]; membership: Membership | null } {
  try {
    const membership = loadMembership(folder);
    if (membership === null) return { found: [finding("notJoined")], membership };
    const found = [finding("joined", { probe: membership.probe }), checkKey(folder, membership)];
    return { found: isPaused(folder) ? [...found, finding("paused")] : found, membership };
  } catch (error) {
    return { found: [finding("damagedMembership", {}, String(error).slice(0, 200))], membership: null };
  }
}

function checkKey(folder: string, { probe }: Membership): Finding {
  try {
    return finding(loadIdentity(folder)?.probe === probe ? "keyOk" : "keyMissing");
  } catch (error) {
    return finding("keyMissing", {}, errorCode(error));
  }
}
