import { authenticator } from "otplib";
import type { EpochMs } from "../analysis/types.ts";

const STEP_MS = 30_000;
/** Steps before and after the present one whose codes are taken: clocks of phones are not exact. */
const WINDOW = 1;

/** A new secret for one-time codes (RFC 6238), base32. */
export function newTotpSecret(): string {
  return authenticator.generateSecret(20);
}

/** The address that an authenticator app reads from a QR code. */
export function totpAddress(name: string, secret: string): string {
  return authenticator.keyuri(name, "Kuager", secret);
}

/** The time step to which a code belongs; null when it is not one of now. A step must be taken once only. */
export function stepOfCode(secret: string, code: string, now: EpochMs): number | null {
  const plain = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(plain)) return null;
  const delta = authenticator.clone({ window: WINDOW, epoch: now }).checkDelta(plain, secret);
  return delta === null ? null : Math.floor(now / STEP_MS) + delta;
}
