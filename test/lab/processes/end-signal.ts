import { CodedError } from "../../../protocol/coded-error.ts";
import type { Running } from "./start.ts";

/** A signal that aborts, with a `failed` error that carries the log's end, as soon as one of the programs has ended. */
export function endSignal(programs: readonly Running[]): AbortSignal {
  const controller = new AbortController();
  for (const program of programs) watchEnd(program, controller, () => true);
  return controller.signal;
}

/** Aborts the controller when a program ends while `isOurs` says that it should be running. */
export function watchEnd(program: Running, controller: AbortController, isOurs: () => boolean): void {
  void program.ended.then(async (code) => {
    if (!isOurs()) return;
    const log = await program.logTail().catch(() => "");
    controller.abort(new CodedError("failed", `${program.name} ended by itself (${code}):\n${log}`));
  });
}
