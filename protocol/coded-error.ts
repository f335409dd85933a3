/** The one error class of ours: `code` is for programs, `message` says to a person what to do. */
export class CodedError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CodedError";
    this.code = code;
  }
}

/** The `code` of an error, searched through its causes (Node and undici nest them); null when there is none. */
export function errorCode(error: unknown): string | null {
  let current: unknown = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    current = current.cause;
  }
  return null;
}

/** Makes the compiler refuse a switch that forgets a member of a union. */
export function assertNever(value: never): never {
  throw new CodedError("fault", `Unexpected value: ${JSON.stringify(value)}`);
}
