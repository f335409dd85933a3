import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { z } from "zod";
import { sha256Hex } from "../../protocol/hash.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Ms, Utc } from "../../protocol/primitives.ts";
import { Power } from "../../protocol/records/life.ts";
import { pathOf } from "../data-folder.ts";

/** The latest sign of life: what the next start tells of how this run ended. */
export const Sign = z.object({
  boot: z.string(),
  mono: Ms,
  at: Utc,
  offsetMs: z.number(),
  software: z.string(),
  power: Power,
  /** What the collector had acknowledged by then, for `status`: the journal's own note of it may be minutes older. */
  acknowledged: z.object({ seq: z.int().min(0), at: Utc }).optional(),
});
export type Sign = z.infer<typeof Sign>;

/** Where signs of life are kept. `write` is false when the disk took nothing. */
export type SignFile = { write: (sign: Sign) => boolean; close: () => void };

/** A page of the kernel's cache, the least that is ever written. */
const SLOT_BYTES = 4096;
const SLOTS = 2;

/**
 * Opens the file of signs, two slots that are written in turn, in place, and synced: one page a sign and nothing of the
 * file system's own, where a commit of the journal takes several. What is torn by a loss of power is the sign under
 * way; the one before stands in the other slot. Never throws: without the file `write` is false.
 */
export function openSignFile(folder: string): SignFile {
  const file = open(folder);
  let count = latest(folder)?.count ?? 0;
  return {
    write: (sign) => {
      if (file === null) return false;
      try {
        count += 1;
        writeSync(file, slotText(count, sign), (count % SLOTS) * SLOT_BYTES);
        fdatasyncSync(file);
        return true;
      } catch {
        return false;
      }
    },
    close: () => {
      if (file !== null) closeSync(file);
    },
  };
}

/** The latest sign that is whole; null where there is none. */
export function readSign(folder: string): Sign | null {
  return latest(folder)?.sign ?? null;
}

function open(folder: string): number | null {
  try {
    const file = openSync(pathOf(folder, "sign"), "a", 0o600);
    // Of its full size before the first sign, so that later ones change nothing but their own page.
    ftruncateSync(file, SLOT_BYTES * SLOTS);
    closeSync(file);
    return openSync(pathOf(folder, "sign"), "r+");
  } catch {
    return null;
  }
}

/** `COUNT HASH JSON`, a line; the rest of the slot is what it was. */
function slotText(count: number, sign: Sign): string {
  const text = JSON.stringify(sign);
  return `${count} ${sha256Hex(`${count} ${text}`)} ${text}\n`;
}

function latest(folder: string): { count: number; sign: Sign } | null {
  const bytes = content(folder);
  const slots = Array.from({ length: SLOTS }, (_, index) =>
    bytes.subarray(index * SLOT_BYTES, (index + 1) * SLOT_BYTES),
  );
  const whole = slots.flatMap((slot) => readSlot(slot.toString("utf8")) ?? []);
  return whole.sort((a, b) => b.count - a.count)[0] ?? null;
}

function content(folder: string): Buffer {
  try {
    return readFileSync(pathOf(folder, "sign")).subarray(0, SLOT_BYTES * SLOTS);
  } catch {
    return Buffer.alloc(0);
  }
}

function readSlot(slot: string): { count: number; sign: Sign } | null {
  const [, count = "", hash, text = ""] = /^(\d{1,15}) ([0-9a-f]{64}) (.*)\n/.exec(slot) ?? [];
  if (sha256Hex(`${count} ${text}`) !== hash) return null;
  const sign = parseJson(Sign, text);
  return sign.ok ? { count: Number(count), sign: sign.value } : null;
}
