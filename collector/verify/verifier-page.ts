import { existsSync, readFileSync } from "node:fs";
import { CodedError } from "../../protocol/coded-error.ts";

/** Where the build puts the page (bin/verifier.mjs): beside the compiled code, wherever this runs from. */
const PLACES = ["./verify-offline.html", "../../dist/collector/verify/verify-offline.html"];

/** The verifier as one page for a browser. Error: `unavailable` where it was not built. */
export function readVerifierPage(): string {
  const place = PLACES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (place === undefined) throw new CodedError("unavailable", "The verifier page was not built. Run: npm run build");
  return readFileSync(place, "utf8");
}
