import { z } from "zod";
import { Text } from "./primitives.ts";

/** What one measurement shows, in the order of severity used nowhere but in lists. Meanings: docs/method.md. */
export const VERDICT_CODES = [
  "ok",
  "dns_tamper",
  "tcp_block",
  "tls_reset",
  "tls_drop",
  "tls_mitm",
  "http_block",
  "block_page",
  "throttled",
  "geo_block",
  "site_down",
  "origin_side",
  "offline",
  "captive_portal",
  "local_interference",
  "inconclusive",
] as const;
export const VerdictCode = z.enum(VERDICT_CODES);
export type VerdictCode = z.infer<typeof VerdictCode>;

/** Verdicts that say a network interfered. */
export const BLOCKING_CODES = [
  "dns_tamper",
  "tcp_block",
  "tls_reset",
  "tls_drop",
  "tls_mitm",
  "http_block",
  "block_page",
] as const satisfies readonly VerdictCode[];

/** Whether a verdict says that a network interfered with the measurement. */
export function isBlocking(code: VerdictCode): boolean {
  return (BLOCKING_CODES as readonly VerdictCode[]).includes(code);
}

export const Stage = z.enum(["dns", "tcp", "tls", "http", "none"]);
export type Stage = z.infer<typeof Stage>;

/** `self-evident`: proof inside the measurement; `contrasted`: controls reached it; `weak`: neither. */
export const Strength = z.enum(["self-evident", "contrasted", "weak"]);
export type Strength = z.infer<typeof Strength>;

/** One reason: what was seen, and the ids of the steps that show it (`control` marks a step of a control). */
export const Reason = z.object({
  says: Text,
  steps: z.array(z.int()),
  of: z.enum(["probe", "control"]),
});
export type Reason = z.infer<typeof Reason>;

/** Judgement of one measurement by one rule. Pure function of the measurement, its controls and the rules version. */
export const Verdict = z.object({
  code: VerdictCode,
  stage: Stage,
  strength: Strength,
  rule: z.string().max(64),
  rulesVersion: z.string().max(32),
  reasons: z.array(Reason),
});
export type Verdict = z.infer<typeof Verdict>;
