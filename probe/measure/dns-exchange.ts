import type { DnsAnswer, DnsStep } from "../../protocol/records/web.ts";
import type { Failed } from "./failed.ts";

/** What came back for a DNS question, before it is judged. Times in milliseconds since the question was asked. */
export type DnsExchange = {
  transport: DnsStep["transport"];
  durationMs: number;
  /** The answer, when one came; no rcode where the transport does not tell it (getaddrinfo). */
  answer: { rcode: string | null; answers: DnsAnswer[] } | null;
  /** Why there is no answer, or why the one there is incomplete. */
  failed: Failed | null;
  late: DnsStep["late"];
};
