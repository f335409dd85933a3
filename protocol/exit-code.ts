/** Exit codes of every `kuager` command (the numbers of BSD's sysexits.h where one fits). */
export const EXIT = {
  ok: 0,
  /** The command ran and its answer is "no", or it failed for a reason it has printed. */
  failed: 1,
  /** Wrong words on the command line. */
  usage: 2,
  /** An input file or message is not of the form it should be. */
  badInput: 65,
  /** Something the command needs is missing on this machine (root, a tool, the database driver). */
  unavailable: 69,
  /** A fault of ours. */
  fault: 70,
  /** A folder or file cannot be created or written. */
  cannotWrite: 73,
  /** Reading or writing failed half-way, a full disk for example. */
  io: 74,
  /** Something is in the way for now: a port in use, a collector that does not answer. */
  tryLater: 75,
  /** Wrong configuration. */
  config: 78,
} as const;
