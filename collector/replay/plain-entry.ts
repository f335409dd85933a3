import { FAILURES } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { Entry } from "../../protocol/records/entry.ts";
import { LocalSuspect } from "../../protocol/records/local.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether a value is plainly a web measurement that fits the schema of entries. A quick check for the bulk of an archive:
 * what it takes the schema takes too (a property test holds it to that); the rest, right or wrong, is left to the
 * schema, which is some ten times slower.
 */
export function isPlainEntry(value: unknown): value is Entry {
  if (!isFields(value) || value.kind !== "web" || Object.keys(value).length !== 10) return false;
  const { v, probe, seq, prev, boot, mono, at, clock, body } = value;
  return (
    v === 1 &&
    matches(probe, /^[0-9a-f]{32}$/) &&
    isCount(seq, 1) &&
    matches(prev, HEX) &&
    isText(boot, 64, 1) &&
    isMs(mono) &&
    isUtc(at) &&
    isClock(clock) &&
    isWebBody(body)
  );
}

const HEX = /^[0-9a-f]{64}$/;
const ROUND = /^[0-9A-Za-z-]{1,64}$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const RESOLVER = /^(?:system|os|udp:[0-9a-fA-F.:]+|doh:[^\s]{1,253})$/;
const KNOWN: ReadonlySet<unknown> = new Set(FAILURES);
const SOURCES: ReadonlySet<unknown> = new Set(["collector", "https", "none"]);
const TRANSPORTS: ReadonlySet<unknown> = new Set(["udp", "tcp", "https", "os"]);
const TLS_PURPOSES: ReadonlySet<unknown> = new Set([
  ...["target", "sni-control", "alt-address", "no-sni", "split-hello", "other-port"],
]);
const FOLLOW_UPS: ReadonlySet<unknown> = new Set([
  ...[undefined, "sni-control", "alt-address", "no-sni", "split-hello", "other-port", "host-control"],
]);
const SUSPECTS: ReadonlySet<unknown> = new Set(LocalSuspect.shape.kind.options);
const LOCAL_MOST = 32;
/** Days that every month has: nothing needs to be looked up. */
const USUAL_UTC = /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const MS_MOST = 1e13;

function isClock(clock: unknown): boolean {
  return (
    isFields(clock) &&
    typeof clock.offsetMs === "number" &&
    Math.abs(clock.offsetMs) <= MS_MOST &&
    SOURCES.has(clock.source)
  );
}

function isWebBody(body: unknown): boolean {
  if (!isFields(body)) return false;
  const { target, url, round, durationMs, dns, tcp, tls, http, local } = body;
  return (
    isText(target, LIMITS.name, 1) &&
    isText(url, LIMITS.url) &&
    matches(round, ROUND) &&
    isMs(durationMs) &&
    isList(dns, LIMITS.stepsPerKind, isDns) &&
    isList(tcp, LIMITS.stepsPerKind, isTcp) &&
    isList(tls, LIMITS.stepsPerKind, isTls) &&
    isList(http, LIMITS.stepsPerKind, isHttp) &&
    (local === undefined || isList(local, LOCAL_MOST, isSuspect))
  );
}

function isSuspect({ kind, says }: Fields): boolean {
  return SUSPECTS.has(kind) && isText(says, LIMITS.text);
}

function isStep({ id, startMs, durationMs, failure, raw }: Fields): boolean {
  return (
    isCount(id, 1) &&
    isMs(startMs) &&
    isMs(durationMs) &&
    (failure === null || KNOWN.has(failure)) &&
    (raw === undefined || isText(raw, LIMITS.text))
  );
}

function isDns(step: Fields): boolean {
  const { resolver, server, transport, name, type, rcode, answers, late, ttl } = step;
  return (
    isStep(step) &&
    matches(resolver, RESOLVER) &&
    (server === null || isText(server, LIMITS.text)) &&
    TRANSPORTS.has(transport) &&
    isText(name, LIMITS.name, 1) &&
    (type === "A" || type === "AAAA") &&
    (rcode === null || isText(rcode, 16)) &&
    isList(answers, LIMITS.stepsPerKind, isAnswer) &&
    Array.isArray(late) &&
    late.length === 0 &&
    ttl === undefined
  );
}

function isAnswer({ type, data, ttl }: Fields): boolean {
  return isText(type, 16) && isText(data, LIMITS.text) && (ttl === null || isCount(ttl, 0));
}

function isTcp(step: Fields): boolean {
  const { ip, port, purpose } = step;
  return isStep(step) && matches(ip, IPV4) && isCount(port, 0) && Number(port) <= 65535 && FOLLOW_UPS.has(purpose);
}

function isTls(step: Fields): boolean {
  const { tcp, sni, purpose, version, alpn, chain, leaf, trusted, untrusted, answered } = step;
  return (
    isStep(step) &&
    isCount(tcp, 0) &&
    (sni === null || isText(sni, LIMITS.name)) &&
    TLS_PURPOSES.has(purpose) &&
    (version === null || isText(version, 16)) &&
    (alpn === null || isText(alpn, 32)) &&
    Array.isArray(chain) &&
    chain.length <= LIMITS.certificates &&
    chain.every((hash) => matches(hash, HEX)) &&
    (leaf === null || isLeaf(leaf)) &&
    (trusted === null || typeof trusted === "boolean") &&
    (untrusted === undefined || KNOWN.has(untrusted)) &&
    typeof answered === "boolean"
  );
}

function isLeaf(leaf: unknown): boolean {
  if (!isFields(leaf)) return false;
  const { subject, issuer, sans, notBefore, notAfter } = leaf;
  return (
    isText(subject, LIMITS.text) &&
    isText(issuer, LIMITS.text) &&
    Array.isArray(sans) &&
    sans.length <= LIMITS.sans &&
    sans.every((name) => isText(name, LIMITS.name)) &&
    isText(notBefore, 40) &&
    isText(notAfter, 40)
  );
}

function isHttp(step: Fields): boolean {
  const { tcp, tls, url, ttfbMs, status, headers, location, bodyBytes, bodySha256, truncated, title, purpose } = step;
  return (
    isStep(step) &&
    isCount(tcp, 0) &&
    (tls === null || isCount(tls, 0)) &&
    isText(url, LIMITS.url) &&
    (ttfbMs === null || isMs(ttfbMs)) &&
    (status === null || (isCount(status, 100) && Number(status) <= 999)) &&
    isHeaders(headers) &&
    (location === null || isText(location, LIMITS.url)) &&
    isCount(bodyBytes, 0) &&
    (step.wireBytes === undefined || isCount(step.wireBytes, 0)) &&
    (bodySha256 === null || matches(bodySha256, HEX)) &&
    typeof truncated === "boolean" &&
    (title === null || isText(title, LIMITS.title)) &&
    step.blockPage === undefined &&
    FOLLOW_UPS.has(purpose)
  );
}

function isHeaders(headers: unknown): boolean {
  if (!isFields(headers)) return false;
  const names = Object.keys(headers);
  return (
    names.length <= LIMITS.headers &&
    names.every((name) => name.length <= 64 && name !== "__proto__" && isText(headers[name], LIMITS.headerValue))
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown, most: number, holds: (one: Fields) => boolean): boolean {
  return Array.isArray(value) && value.length <= most && value.every((one) => isFields(one) && holds(one));
}

function isText(value: unknown, most: number, least = 0): boolean {
  return typeof value === "string" && value.length <= most && value.length >= least;
}

function matches(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}

function isCount(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function isMs(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= MS_MOST;
}

function isUtc(value: unknown): boolean {
  if (typeof value !== "string" || value.length !== 24) return false;
  if (USUAL_UTC.test(value)) return true;
  const at = Date.parse(value);
  return !Number.isNaN(at) && new Date(at).toISOString() === value;
}
