import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { ProbeId } from "../../protocol/primitives.ts";
import { DATA_OPTION, dataFolder } from "../config.ts";
import { openExistingStore } from "../store/open-store.ts";
import { writeDown } from "./write-down.ts";

const USAGE = "kuager collector revoke PROBE [--json] [--data DIR]";

const HELP = `${USAGE}

Takes nothing more from a probe. What it sent before stays. A running collector notices within a heartbeat.

  PROBE   the probe's id, 32 hex digits (the volunteer sees it with: kuager probe status)
`;

/** `kuager collector revoke`: exit code 1 when there is no such probe. Errors: `usage`, the store's. */
export async function runRevoke(argv: readonly string[], io: Io): Promise<number> {
  const options = { ...DATA_OPTION, json: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values, words } = readArguments(argv, USAGE, options, { min: 0, max: 1 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const probe = ProbeId.safeParse(words[0]);
  if (!probe.success) throw usageError("PROBE must be a probe's id, 32 hex digits", USAGE);
  const store = await openExistingStore(dataFolder(values, io.env));
  try {
    if (!(await store.probes.revoke(probe.data, Date.now())))
      throw new CodedError("failed", `No probe with the id ${probe.data} has joined this collector.`);
    await writeDown(store, "probe revoked", { subject: probe.data.slice(0, 8) });
    io.out(values.json ? `${JSON.stringify({ probe: probe.data, revoked: true })}\n` : `Revoked ${probe.data}.\n`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}
