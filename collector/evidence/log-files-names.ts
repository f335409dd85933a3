/** Names of what a bundle brings of the log, beside the data. */
export const LOG_FILES = {
  checkpoint: "checkpoint.txt",
  cosignatures: "cosignatures.txt",
  proof: "log-proof.json",
  /** A head that others stamped, byte for byte, and their answers. */
  stamped: "timestamp.txt",
  rfc3161: "timestamp.tsr",
  ots: "timestamp.ots",
} as const;
