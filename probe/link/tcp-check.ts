import type { LinkCheck } from "../../protocol/records/link.ts";
import { connect } from "../measure/connect.ts";

/**
 * Opens a TCP connection and closes it at once. With `refusedIsOk` a refusal counts too: something answered. Fails
 * with the failures of the TCP step; never throws.
 */
export async function tcpCheck(
  { ip, port, timeoutMs, refusedIsOk = false }: { ip: string; port: number; timeoutMs: number; refusedIsOk?: boolean },
  signal: AbortSignal,
): Promise<LinkCheck> {
  const result = await connect({ ip, port, timeoutMs }, signal);
  if (result.ok) result.socket.destroy();
  const ok = result.ok || (refusedIsOk && result.step.failure === "connection_refused");
  return { ok, ms: result.step.durationMs, failure: ok ? null : result.step.failure };
}
