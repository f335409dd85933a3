import { gunzipSync } from "node:zlib";
import { errorCode } from "../../protocol/coded-error.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Batch } from "../../protocol/wire.ts";
import { type Refusal, refusal } from "./refusal.ts";

/**
 * Reads a delivery as it came: gzip or plain JSON of a Batch. Unpacking stops at the size limit, so that a small
 * message cannot fill the memory. Refusals: `too_big`, `bad_message`.
 */
export function unpackBatch(bytes: Buffer): { ok: true; batch: Batch } | Refusal {
  if (bytes.length > LIMITS.messageBytes) return refusal("too_big", `A message may have ${LIMITS.messageBytes} bytes.`);
  const unpacked = unzip(bytes);
  if (!Buffer.isBuffer(unpacked)) return unpacked;
  const parsed = parseJson(Batch, unpacked.toString("utf8"));
  if (!parsed.ok) return refusal("bad_message", `Not a batch: ${parsed.problems.join("; ")}`);
  return { ok: true, batch: parsed.value };
}

function unzip(bytes: Buffer): Buffer | Refusal {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return packed ? gunzipSync(bytes, { maxOutputLength: LIMITS.batchBytes }) : bytes;
  } catch (error) {
    if (errorCode(error) === "ERR_BUFFER_TOO_LARGE")
      return refusal("too_big", `A batch may have ${LIMITS.batchBytes} bytes unpacked. Send fewer entries at once.`);
    return refusal("bad_message", "The message is not whole gzip.");
  }
}
