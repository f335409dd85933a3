import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CodedError, errorCode } from "../protocol/coded-error.ts";
import { parseJson } from "../protocol/parse.ts";
import { isSignedBy, SignedRelease } from "../protocol/release.ts";

/** A release of the probe that this collector offers, and where its files lie. */
export type LoadedRelease = { readonly signed: SignedRelease; readonly folder: string };

/** Reads and checks `release.json` of a folder. Throws `bad_input` when it is missing, is no release, or is not signed. */
export function loadRelease(folder: string): LoadedRelease {
  const path = join(folder, "release.json");
  const parsed = parseJson(SignedRelease, readWhole(path));
  if (!parsed.ok) throw new CodedError("bad_input", `${path} is no release: ${parsed.problems.join("; ")}`);
  if (!isSignedBy(parsed.value, parsed.value.key))
    throw new CodedError("bad_input", `The signature of ${path} does not hold. Make it anew with bin/release.mjs.`);
  return { signed: parsed.value, folder };
}

function readWhole(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new CodedError("bad_input", `Cannot read ${path} (${errorCode(error) ?? "unknown"}).`, { cause: error });
  }
}
