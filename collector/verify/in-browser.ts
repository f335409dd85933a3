/** The door to the checks for the page that runs them in a browser (dashboards/verifier/): nothing behind it needs Node. */

export { readVerifier } from "../../protocol/note.ts";
export { parseJson } from "../../protocol/parse.ts";
export { readPolicy } from "../../protocol/witness-policy.ts";
export { unpackZip } from "../evidence/zip.ts";
export { holdsUnless } from "./finding.ts";
export { GrowthProof } from "./growth.ts";
export { type VerifyOptions, verifyBundle } from "./verify-bundle.ts";

import type { VerifyOptions } from "./verify-bundle.ts";

export type Catalogue = NonNullable<VerifyOptions["catalogue"]>;
