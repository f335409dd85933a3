import { probeIdOf, verifyText } from "../../protocol/signature.ts";
import { type ContinueRequest, continueMessage } from "../../protocol/wire.ts";

/**
 * Which key each key goes on for, by lines of an archive that both have signed (a probe's own export has them); others
 * say nothing. `keys` are the public keys of the probes of the archive, by id.
 */
export function successionsOf(
  lines: readonly ContinueRequest[],
  keys: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const { probe, publicKey, signature, proof } = line;
      const old = keys.get(probe);
      const message = continueMessage(line);
      const isSigned =
        old !== undefined &&
        verifyText(old, "continue", message, signature) &&
        verifyText(publicKey, "continue", message, proof);
      return isSigned ? [[probeIdOf(publicKey), probe]] : [];
    }),
  );
}
