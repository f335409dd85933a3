import type { WebBody } from "../../protocol/records/web.ts";
import { createMonthBudget, type DaySpent } from "./budget-month.ts";

/** How many bytes were left at a moment (monotonic milliseconds). A plain value: it may be kept as JSON. */
export type BudgetState = {
  readonly leftBytes: number;
  readonly atMs: number;
  /** What was used in the last thirty days, day by day. */
  readonly month?: readonly DaySpent[] | undefined;
};

/** How many bytes may still be used; the day's part refills evenly through the day, so that a round late in the day still has its part. */
export type Budget = {
  allows: () => boolean;
  spend: (bytes: number) => void;
  state: () => BudgetState;
  /** What is left of the month; null without an allowance for it. */
  monthLeft: () => number | null;
};

const DAY_MS = 86_400_000;

/**
 * A day's bytes to begin with, refilled at a day's bytes a day, never more than a day's. `before` is how an earlier
 * process left it: ending a program is no way to a new day. Without `bytesPerMonth` only the day counts.
 */
export function createBudget(
  bytesPerDay: number,
  monoMs: () => number,
  before: BudgetState | null = null,
  bytesPerMonth: number | null = null,
): Budget {
  const month = createMonthBudget(bytesPerMonth ?? Number.POSITIVE_INFINITY, monoMs, before?.month);
  let { leftBytes, atMs } = before ?? { leftBytes: bytesPerDay, atMs: monoMs() };
  const refill = () => {
    const now = monoMs();
    leftBytes = Math.min(bytesPerDay, leftBytes + (Math.max(0, now - atMs) / DAY_MS) * bytesPerDay);
    atMs = now;
  };
  return {
    allows: () => {
      refill();
      return leftBytes > 0 && month.leftBytes() > 0;
    },
    spend: (bytes) => {
      refill();
      leftBytes -= bytes;
      month.spend(bytes);
    },
    state: () => {
      refill();
      return { leftBytes, atMs, ...(bytesPerMonth !== null && { month: month.days() }) };
    },
    monthLeft: () => (bytesPerMonth === null ? null : month.leftBytes()),
  };
}

/**
 * About how many bytes a measurement moved, both ways: the bodies as counted, and for each step what it costs on the
 * wire with headers (a DNS question and answer, a TCP open and close, a TLS 1.3 handshake with its certificates).
 */
export function bytesOf(body: Pick<WebBody, "dns" | "tcp" | "tls" | "http">): number {
  const bodies = body.http.reduce((sum, step) => sum + (step.wireBytes ?? step.bodyBytes), 0);
  return (
    bodies * 1.05 + body.dns.length * 300 + body.tcp.length * 400 + body.tls.length * 6000 + body.http.length * 1500
  );
}
