import { createHash } from "node:crypto";
import { isIP } from "node:net";
import { LIMITS } from "../../../protocol/limits.ts";
import type { Bytes } from "./report.ts";

/** Response codes of DNS by number (RFC 1035, RFC 6895). */
export const RCODES: readonly string[] = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];

/** An address and port such as 192.0.2.1:443 or [2001:db8::1]:443; null for anything else. */
export function readEndpoint(text: string | null | undefined): { ip: string; port: number } | null {
  const match = /^\[?([0-9a-fA-F.:]+?)\]?:(\d{1,5})$/.exec(text ?? "");
  const [ip, port] = [match?.[1] ?? "", Number(match?.[2])];
  return isIP(ip) !== 0 && port <= 65_535 ? { ip, port } : null;
}

export function writeEndpoint({ ip, port }: { ip: string; port: number }): string {
  return ip.includes(":") ? `[${ip}]:${port}` : `${ip}:${port}`;
}

/** Milliseconds of a step from its seconds; without a start it began when it ended, as far as anyone knows. */
export function readSpan({ t0, t }: { t0?: number | null | undefined; t?: number | null | undefined }) {
  const end = milliseconds(t ?? t0);
  const start = Math.min(milliseconds(t0 ?? t), end);
  return { startMs: start, durationMs: end - start };
}

export function milliseconds(seconds: number | null | undefined): number {
  return Math.min(1e12, Math.max(0, Math.round((seconds ?? 0) * 1e6) / 1e3 || 0));
}

/** The bytes of a text or base64 field. */
export function readBytes(value: Bytes | null | undefined): Buffer {
  if (value === null || value === undefined) return Buffer.alloc(0);
  return typeof value === "string" ? Buffer.from(value, "utf8") : Buffer.from(value.data, "base64");
}

export function bounded(text: string | null | undefined, length: number): string | null {
  return text === null || text === undefined || text === "" ? null : text.slice(0, length).toWellFormed();
}

/** Title of an HTML page, white space folded. */
export function titleOf(page: string): string | null {
  const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1];
  return title === undefined ? null : title.replace(/\s+/g, " ").trim().slice(0, LIMITS.title).toWellFormed();
}

/** A UUID made of a text: the same text gives the same one (RFC 9562, version 8). */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
