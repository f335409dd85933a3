import { describe, expect, test } from "vitest";
import { answerFailure, DNS_FAILURES, RCODE_FAILURES, toDnsFailure } from "../../../probe/measure/to-failure-dns.ts";
import { HTTP_FAILURES, toHttpFailure } from "../../../probe/measure/to-failure-http.ts";
import { TCP_FAILURES, toTcpFailure } from "../../../probe/measure/to-failure-tcp.ts";
import { TLS_FAILURES, TRUST_FAILURES, toTlsFailure, toTrustFailure } from "../../../probe/measure/to-failure-tls.ts";
import { Failure } from "../../../protocol/failure.ts";

/** An error as the kernel makes it through Node. */
function system(code: string, cause?: Error): Error {
  return Object.assign(new Error(`read ${code}`, { cause }), { code, syscall: "read", errno: -1 });
}

const LAYERS = [
  { layer: "dns", table: DNS_FAILURES, name: toDnsFailure },
  { layer: "tcp", table: TCP_FAILURES, name: toTcpFailure },
  { layer: "tls", table: TLS_FAILURES, name: (error: unknown) => toTlsFailure(error, false) },
  { layer: "http", table: HTTP_FAILURES, name: toHttpFailure },
];

describe.each(LAYERS)("the table of $layer", ({ table, name }) => {
  test("names every code it holds, in the common vocabulary, and keeps the code", () => {
    for (const [code, failure] of Object.entries(table)) {
      expect(name(system(code))).toEqual({ failure, raw: code });
      expect(Failure.safeParse(failure).success).toBe(true);
    }
  });

  test("calls a code it does not hold unknown_failure and keeps the code", () => {
    expect(name(system("ESOMETHINGNEW"))).toEqual({ failure: "unknown_failure", raw: "ESOMETHINGNEW" });
  });

  test("takes anything that is thrown", () => {
    expect(name(new Error("words only"))).toEqual({ failure: "unknown_failure", raw: "words only" });
    expect(name("text")).toEqual({ failure: "unknown_failure", raw: "text" });
    expect(name(undefined).failure).toBe("unknown_failure");
  });

  test("finds the code of a cause", () => {
    const wrapped = new Error("wrapped", { cause: system("ECONNRESET") });
    expect(name(wrapped).failure).toBe("connection_reset");
  });
});

describe("toTlsFailure", () => {
  test("calls the reset that Node makes up for an orderly close eof_error", () => {
    const madeUp = Object.assign(new Error("Client network socket disconnected"), { code: "ECONNRESET" });
    expect(toTlsFailure(madeUp, false).failure).toBe("eof_error");
    expect(toTlsFailure(system("ECONNRESET"), true).failure).toBe("eof_error");
    expect(toTlsFailure(system("ECONNRESET"), false).failure).toBe("connection_reset");
  });

  test("calls every error of OpenSSL's own ssl_failed_handshake", () => {
    for (const code of ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "ERR_SSL_WRONG_VERSION_NUMBER"])
      expect(toTlsFailure(Object.assign(new Error(), { code }), false)).toEqual({
        failure: "ssl_failed_handshake",
        raw: code,
      });
  });
});

describe("toTrustFailure", () => {
  test("names every code it holds, and calls others an invalid certificate", () => {
    for (const [code, failure] of Object.entries(TRUST_FAILURES)) expect(toTrustFailure(code)).toBe(failure);
    expect(toTrustFailure("SOMETHING_NEW")).toBe("ssl_invalid_certificate");
  });
});

describe("toHttpFailure", () => {
  test("lets the innermost known code decide", () => {
    const wrapped = Object.assign(new Error("other side closed", { cause: system("ECONNRESET") }), {
      code: "UND_ERR_SOCKET",
    });
    expect(toHttpFailure(wrapped)).toEqual({ failure: "connection_reset", raw: "ECONNRESET" });
  });

  test("calls what llhttp refuses http_parse_error and a TLS alert ssl_failed_handshake", () => {
    expect(toHttpFailure(Object.assign(new Error(), { code: "HPE_INVALID_CONSTANT" })).failure).toBe(
      "http_parse_error",
    );
    expect(toHttpFailure(Object.assign(new Error(), { code: "ERR_SSL_TLSV1_ALERT" })).failure).toBe(
      "ssl_failed_handshake",
    );
  });
});

describe("answerFailure", () => {
  test("names every rcode, and calls others dns_server_misbehaving", () => {
    for (const [rcode, failure] of Object.entries(RCODE_FAILURES))
      expect(answerFailure({ rcode, addresses: 1, bogon: false })).toBe(failure);
    expect(answerFailure({ rcode: "RCODE15", addresses: 1, bogon: false })).toBe("dns_server_misbehaving");
  });

  test("tells an empty answer and a bogon apart from a good one", () => {
    expect(answerFailure({ rcode: "NOERROR", addresses: 0, bogon: false })).toBe("dns_no_answer");
    expect(answerFailure({ rcode: "NOERROR", addresses: 2, bogon: true })).toBe("dns_bogon_error");
    expect(answerFailure({ rcode: "NOERROR", addresses: 2, bogon: false })).toBeNull();
  });
});
