import type { Failure } from "../../protocol/failure.ts";
import { type Failed, rawText } from "./failed.ts";
import { ERRNO_FAILURES } from "./to-failure-errno.ts";

/** Codes of undici and the system that end an HTTP exchange. llhttp's `HPE_*` are all `http_parse_error`. */
export const HTTP_FAILURES: Readonly<Record<string, Failure>> = {
  ...ERRNO_FAILURES,
  // The peer closed before the answer was whole.
  UND_ERR_SOCKET: "eof_error",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "eof_error",
  ERR_STREAM_PREMATURE_CLOSE: "eof_error",
  UND_ERR_HEADERS_TIMEOUT: "generic_timeout_error",
  UND_ERR_BODY_TIMEOUT: "generic_timeout_error",
  UND_ERR_CONNECT_TIMEOUT: "generic_timeout_error",
  UND_ERR_HEADERS_OVERFLOW: "http_parse_error",
  UND_ERR_DESTROYED: "connection_already_closed",
  UND_ERR_CLOSED: "connection_already_closed",
  UND_ERR_ABORTED: "interrupted",
  ERR_HTTP2_GOAWAY_SESSION: "eof_error",
  ERR_HTTP2_STREAM_CANCEL: "eof_error",
  ERR_HTTP2_INVALID_SESSION: "connection_already_closed",
  ERR_HTTP2_INVALID_STREAM: "connection_already_closed",
  ERR_HTTP2_SOCKET_UNBOUND: "connection_already_closed",
  // The peer gave the stream or the session up with a code of its own (RFC 9113 section 7).
  ERR_HTTP2_STREAM_ERROR: "http_request_failed",
  ERR_HTTP2_SESSION_ERROR: "http_request_failed",
  // undici asserts what a peer can break, a status below 100 for one.
  ERR_ASSERTION: "http_parse_error",
  // Frames that break the protocol.
  ERR_HTTP2_ERROR: "http_parse_error",
  ERR_HTTP2_TOO_MANY_INVALID_FRAMES: "http_parse_error",
  // A packed body that is not what its header says, and one that breaks off although the answer is whole.
  Z_DATA_ERROR: "http_parse_error",
  Z_BUF_ERROR: "eof_error",
  UND_ERR_INFO: "http_request_failed",
  UND_ERR_INVALID_ARG: "http_request_failed",
};

/** Names the failure of an HTTP exchange; the innermost known code decides. */
export function toHttpFailure(error: unknown): Failed {
  const codes = codesOf(error);
  const raw = codes.at(-1) ?? rawText(error);
  if (isParserError(error) || codes.some((code) => code.startsWith("HPE_")))
    return { failure: "http_parse_error", raw };
  if (codes.some((code) => code.startsWith("ERR_SSL_") || code === "EPROTO"))
    return { failure: "ssl_failed_handshake", raw };
  const known = codes.findLast((code) => code in HTTP_FAILURES);
  return { failure: (known && HTTP_FAILURES[known]) || "unknown_failure", raw };
}

/** Codes from the outermost error to its last cause. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if ("code" in current && typeof current.code === "string") codes.push(current.code);
    current = current.cause;
  }
  return codes;
}

/** undici 7 forgets to give most of its parser's errors their HPE_ code; their name is what remains. */
function isParserError(error: unknown): boolean {
  return error instanceof Error && error.name === "HTTPParserError";
}
