import { CodedError, errorCode } from "../protocol/coded-error.ts";

export type Place = {
  readonly host: string;
  readonly port: number;
  readonly hostFlag: string;
  readonly portFlag: string;
};

/** Runs what begins to listen, and says what to do where it may not. Errors: `try_later`, `config`. */
export async function listening<T>(start: () => Promise<T>, { host, port, hostFlag, portFlag }: Place): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const code = errorCode(error);
    const cause = { cause: error };
    if (code === "EADDRINUSE")
      throw new CodedError(
        "try_later",
        `Port ${port} is in use. Stop what uses it, or choose another with ${portFlag}.`,
        cause,
      );
    if (code === "EACCES")
      throw new CodedError(
        "try_later",
        `This user may not use port ${port}. Choose one above 1023 with ${portFlag}.`,
        cause,
      );
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
      throw new CodedError(
        "config",
        `This machine has no address ${host}. Choose one of its own with ${hostFlag}.`,
        cause,
      );
    throw error;
  }
}
