import type { ImBody } from "../../protocol/records/im.ts";

type Service = ImBody["service"];

/** When each messenger was last measured (monotonic milliseconds), and whether all was well then. */
export type ImBook = Readonly<Partial<Record<Service, { atMs: number; anomalous: boolean }>>>;

/** A messenger in order is measured once an hour; one that is not, in every round of a quarter of an hour or more. */
const CALM_MS = 3_600_000;
const ANOMALOUS_MS = 14 * 60_000;

/**
 * Which messengers are measured in this round, in the order given: those never measured, those an hour ago, and those
 * a quarter of an hour ago of which something failed then. Pure.
 */
export function imDue(book: ImBook, services: readonly Service[], nowMs: number): Service[] {
  return services.filter((service) => {
    const last = book[service];
    return last === undefined || nowMs - last.atMs >= (last.anomalous ? ANOMALOUS_MS : CALM_MS);
  });
}
