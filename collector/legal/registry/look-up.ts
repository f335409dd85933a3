import { createHash } from "node:crypto";
import type { Failure } from "../../../protocol/failure.ts";
import type { RegistryLookup } from "../../../protocol/publication.ts";
import type { EpochMs } from "../../analysis/types.ts";
import type { Answer, Outward } from "../../outward.ts";
import { utc } from "../../time.ts";
import { failed, hostOf, readAnswer } from "./read-answer.ts";

export type Question = {
  /** Address of the registry's search; the name is added as its parameter `url`. */
  readonly address: string;
  readonly target: string;
  readonly at: EpochMs;
  readonly deadlineMs?: number;
};

/** The whole registry is 38 MB; the answer about one name is some hundred bytes. */
const BYTES_MAX = 1024 * 1024;
const DEADLINE_MS = 30_000;

/** Asks the registry for one target, once. What goes wrong is a result: `lookup_failed` with the failure's name. */
export async function lookUp(
  outward: Outward,
  { address, target, at, deadlineMs = DEADLINE_MS }: Question,
): Promise<{ lookup: RegistryLookup; bytes: Uint8Array | null }> {
  const host = hostOf(target) ?? target;
  const url = new URL(address);
  url.searchParams.set("url", host);
  const answer = await ask(outward, url.href, deadlineMs);
  const reading = typeof answer === "string" ? failed(answer) : readAnswer(host, answer.status, answer.bytes);
  const bytes = typeof answer === "string" ? null : answer.bytes;
  return {
    lookup: {
      ...{ target, asked: utc(at), url: url.href, ...reading },
      httpStatus: typeof answer === "string" ? null : answer.status,
      answerSha256: bytes === null ? null : createHash("sha256").update(bytes).digest("hex"),
      answerBytes: bytes?.length ?? null,
    },
    bytes,
  };
}

async function ask(outward: Outward, url: string, deadlineMs: number): Promise<Answer | Failure> {
  try {
    return await outward.ask({ url, headers: { accept: "application/json" }, deadlineMs, bytesMax: BYTES_MAX });
  } catch (error) {
    return failureOf(error);
  }
}

/** Names of the field for what Node and undici report; all else is `unknown_failure`. */
const FAILURE_OF: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  EHOSTUNREACH: "host_unreachable",
  ENETUNREACH: "network_unreachable",
  ENOTFOUND: "dns_nxdomain_error",
  EAI_AGAIN: "dns_temporary_failure",
  ETIMEDOUT: "generic_timeout_error",
  CERT_HAS_EXPIRED: "ssl_invalid_certificate",
  DEPTH_ZERO_SELF_SIGNED_CERT: "ssl_unknown_authority",
  SELF_SIGNED_CERT_IN_CHAIN: "ssl_unknown_authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "ssl_unknown_authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "ssl_unknown_authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "ssl_invalid_hostname",
  UND_ERR_SOCKET: "eof_error",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "eof_error",
  UND_ERR_CONNECT_TIMEOUT: "generic_timeout_error",
  UND_ERR_HEADERS_TIMEOUT: "generic_timeout_error",
  UND_ERR_BODY_TIMEOUT: "generic_timeout_error",
  too_big: "http_request_failed",
};

/** What went wrong, by the innermost code that has a name. */
function failureOf(error: unknown): Failure {
  let found: Failure = "unknown_failure";
  for (let one = error, depth = 0; one instanceof Error && depth < 8; one = one.cause, depth++) {
    if (one.name === "TimeoutError") found = "generic_timeout_error";
    if (one.name === "HTTPParserError") found = "http_parse_error";
    const code = "code" in one && typeof one.code === "string" ? one.code : "";
    found = FAILURE_OF[code] ?? found;
  }
  return found;
}
