import { randomInt } from "node:crypto";
import { CodedError } from "../../../protocol/coded-error.ts";
import { ipToNumber, LINK_PREFIX, numberToIp } from "./address-pool.ts";
import { runTool } from "./run-tool.ts";
import type { UndoList } from "./undo-list.ts";

/** Shared address space (RFC 6598), which no public server uses. */
const BLOCK = { base: "100.64.0.0", bits: 10 };
const TRIES = 20;

/**
 * Joins one namespace to this machine by a veth pair of its own, so that a page served inside can be opened outside.
 * The namespace gets no route beyond this machine. Returns the address inside. Throws `failed` when no free /30 is found.
 */
export async function linkToThisMachine(namespace: string, device: string, undo: UndoList): Promise<string> {
  const { outside, inside } = await freePair();
  await runTool("ip", ["link", "add", device, "type", "veth", "peer", "name", "page", "netns", namespace]);
  undo.add(`device ${device}`, () => runTool("ip", ["link", "del", device]).catch(ignoreGone));
  await runTool("ip", ["addr", "add", `${outside}/${LINK_PREFIX}`, "dev", device]);
  await runTool("ip", ["link", "set", device, "up"]);
  await runTool("ip", ["-n", namespace, "addr", "add", `${inside}/${LINK_PREFIX}`, "dev", "page"]);
  await runTool("ip", ["-n", namespace, "link", "set", "page", "up"]);
  return inside;
}

/** Takes the refusal to delete a device that is already gone (a pair vanishes with its namespace); throws any other. */
export function ignoreGone(error: unknown): void {
  if (error instanceof CodedError && /Cannot find device/.test(error.message)) return;
  throw error;
}

async function freePair(): Promise<{ outside: string; inside: string }> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const start = ipToNumber(BLOCK.base) + 4 * randomInt(1, 2 ** (LINK_PREFIX - BLOCK.bits) - 1);
    const inside = numberToIp(start + 2);
    const routes = await runTool("ip", ["-4", "route", "show", "to", "match", inside]);
    if (routes.split("\n").every((line) => line.trim() === "" || line.startsWith("default")))
      return { outside: numberToIp(start + 1), inside };
  }
  throw new CodedError("failed", "No free address for the page in 100.64.0.0/10 on this machine.");
}
