import type { EpochMs } from "../analysis/types.ts";

/** A half-open window of time, milliseconds since 1970. */
export type Window = { readonly from: EpochMs; readonly to: EpochMs };
