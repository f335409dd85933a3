import { CodedError } from "../../../protocol/coded-error.ts";
import type { Running } from "./start.ts";

/** A signal that aborts, with a `failed` error that carries the log's end, as soon as one of the programs has ended. */
export function endSignal(programs: readonly Running[]): AbortSignal {
  const controller = new AbortController();
  for (const program of programs)
    void program.ended.then(async (code) => {
      const log = await program.logTail().catch(() => "");
      controller.abort(new CodedError("failed", `${program.name} ended by itself (${code}):\n${log}`));
    });
  return controller.signal;
}
