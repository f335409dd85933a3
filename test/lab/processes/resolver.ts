import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodedError } from "../../../protocol/coded-error.ts";
import type { UndoList } from "../net/undo-list.ts";
import { orderResolver, untilItAnswers } from "../resolver/control.ts";
import { type Lies, tell, untell } from "../resolver/lies.ts";
import { controlSocket, type ResolverPlan, unboundConfig } from "../resolver/unbound-config.ts";
import { type Start, startProcess } from "./start.ts";

/** A network's own resolver: an unbound that takes orders. */
export type Resolver = {
  /** From now on these lies, and no others. */
  lie: (lies: Lies) => Promise<void>;
  /** Forgets every answer, failure and unanswered question of the time before. */
  forget: () => Promise<void>;
  /** What it answers by itself and whom it asks for the rest, a line each, as unbound lists it. */
  told: () => Promise<readonly string[]>;
};

const FORGET = ["flush_requestlist", "flush_infra all", "flush_zone ."] as const;
const LISTS = ["list_local_zones", "list_local_data", "list_forwards"] as const;

/**
 * Starts unbound inside a namespace and waits until it answers. Its files lie in a temporary folder of their own (a
 * socket's path must be short), named with the run's prefix; folder and process are remembered in `undo`. Throws
 * `failed` with its log.
 */
export async function startResolver(
  start: Omit<Start, "command" | "output"> & { prefix: string },
  plan: ResolverPlan & { lame: string },
  undo: UndoList,
): Promise<Resolver> {
  const folder = await mkdtemp(join(tmpdir(), `${start.prefix}resolver-`));
  undo.add(folder, () => rm(folder, { recursive: true, force: true }));
  const config = join(folder, "unbound.conf");
  await writeFile(config, unboundConfig(plan, folder));
  const running = startProcess({ ...start, command: ["unbound", "-c", config], output: "log" });
  undo.add(start.name, running.stop);
  const socket = controlSocket(folder);
  await untilItAnswers(socket, running.ended).catch(async (error: unknown) => {
    throw new CodedError("failed", `${start.name}: ${await running.logTail()}`, { cause: error });
  });
  const order = async (commands: readonly string[]) => {
    for (const command of commands) await orderResolver(socket, command);
  };
  let told: Lies = {};
  return {
    lie: async (lies) => {
      const before = told;
      told = lies;
      await order(Object.entries(before).flatMap(([name, lie]) => untell(name, lie)));
      await order(Object.entries(lies).flatMap(([name, lie]) => tell(name, lie, plan.lame)));
    },
    forget: () => order(FORGET),
    told: async () => {
      const lists = await Promise.all(LISTS.map((list) => orderResolver(socket, list)));
      return lists.flatMap((list) => list.split("\n").filter(Boolean)).sort();
    },
  };
}
