import { probeInfo } from "../ingest/join.ts";
import type { Store } from "../store/store.ts";
import { createOutbox, type SendTask } from "./outbox.ts";
import { createRequestedRounds, type RequestedRounds } from "./requests.ts";

/** The lines that requests go out by. */
export type Lines = { present: () => ReadonlySet<string>; send: SendTask };

export type RequestedRoundsService = RequestedRounds & {
  /** From now on requests go out, once a second. Before, nobody is present, and nobody is asked. */
  attach: (lines: Lines) => void;
  close: () => void;
};

const FLUSH_MS = 1000;
const NOBODY: Lines = { present: () => new Set(), send: () => false };

/** Requested rounds of a collector, with the probes it knows. */
export async function startRequestedRounds(store: Pick<Store, "probes">, now: number): Promise<RequestedRoundsService> {
  let lines = NOBODY;
  const outbox = createOutbox((probe, targets) => lines.send(probe, targets));
  const rounds = createRequestedRounds({ outbox, present: () => lines.present() });
  const known = await store.probes.all();
  rounds.saw(
    known.map((probe) => ({ type: "probe", at: now, probe: probeInfo(probe) })),
    now,
  );
  const timer = setInterval(() => {
    rounds.due(Date.now());
    outbox.flush();
  }, FLUSH_MS);
  timer.unref();
  return {
    ...rounds,
    attach: (to) => {
      lines = to;
    },
    close: () => clearInterval(timer),
  };
}
