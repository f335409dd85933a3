import type { Logger } from "pino";
import type { Target } from "../../protocol/target.ts";
import type { Messenger } from "../../targets/messengers.ts";
import type { Journal } from "../journal/journal.ts";
import { hostOf } from "../measure/endpoint.ts";
import { imDue } from "../measure/im-due.ts";
import type { Measures } from "../measurer/measures.ts";
import { isMessengerAnomalous } from "./anomaly.ts";
import type { Books } from "./books.ts";
import { type Budget, bytesOf } from "./budget.ts";
import { type Agreed, agreedTargets } from "./plan.ts";

export type MessengersOptions = {
  messengers: readonly Messenger[];
  measure: Measures["messenger"];
  round: string;
  books: Books;
  /** Called when the books have changed. */
  onBooked: () => void;
  budget: Pick<Budget, "allows" | "spend">;
  journal: Pick<Journal, "append">;
  monoMs: () => number;
  log: Logger;
};

/**
 * Measures the messengers that are due, one after another, and writes each to the journal. Ends early when the day's
 * bytes are used up or the signal aborts; what that breaks off counts as measured, and is not written. Never throws for
 * the network. Returns how many were written.
 */
export async function runMessengers(options: MessengersOptions, signal: AbortSignal): Promise<number> {
  const { messengers, books, budget, journal, monoMs, log } = options;
  const services = messengers.map(({ service }) => service);
  let written = 0;
  for (const service of imDue(books.im, services, monoMs())) {
    const messenger = messengers.find((one) => one.service === service);
    if (messenger === undefined || signal.aborted || !budget.allows()) break;
    // Booked before it begins: a probe that dies on it does not begin it again at every start.
    const atMs = monoMs();
    const note = (anomalous: boolean) => {
      books.im = { ...books.im, [service]: { atMs, anomalous } };
      options.onBooked();
    };
    note(true);
    try {
      const body = await options.measure(messenger, options.round, signal);
      budget.spend(bytesOf(body));
      const anomalous = isMessengerAnomalous(body, messenger);
      note(anomalous);
      if (signal.aborted) break;
      journal.append({ kind: "im", body }, { urgent: anomalous });
      written += 1;
    } catch (error) {
      if (!signal.aborted) log.error({ err: error, service }, "a fault while measuring a messenger");
    }
  }
  return written;
}

/**
 * The messengers that may be measured: those of which the list names a site or the service itself, when the volunteer
 * agreed to all of these. A messenger that the list does not name is left alone. Pure.
 */
export function agreedMessengers(
  messengers: readonly Messenger[],
  targets: readonly Target[],
  agreed: Agreed,
): Messenger[] {
  const named = targets.filter(({ category }) => category === "messenger");
  return messengers.filter((messenger) => {
    const own = named.filter((target) => isOf(target, messenger));
    return own.length > 0 && agreedTargets(own, agreed).length === own.length;
  });
}

/** Whether a target is a messenger itself, or a site whose name its servers share. */
function isOf(target: Target, { service, names, sites }: Messenger): boolean {
  if (target.kind === "im") return target.id === service;
  const name = hostOf(new URL(target.url)).replace(/^www\./, "");
  const hosts = [...names.map(({ host }) => host), ...sites.map(({ url }) => hostOf(new URL(url)))];
  return hosts.some((host) => host === name || host.endsWith(`.${name}`));
}
