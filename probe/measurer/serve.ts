import { createMeasures, type Measures } from "./measures.ts";
import type { Order, Task, Word } from "./messages.ts";

/** The inside's end of the channel. */
export type Channel = {
  onOrder: (listener: (order: Order) => void) => void;
  say: (word: Word) => void;
};

/** Measures what it is told to, several at a time, and says each record as soon as it is whole. Never throws. */
export function serve({ onOrder, say }: Channel, env: Readonly<Record<string, string | undefined>>): void {
  const under = new Map<number, AbortController>();
  const asked = new Map<number, (allowed: boolean) => void>();
  /** Measurements under way, by target: the steps know a target, the outside a number. */
  const numbers = new Map<string, number>();
  let measures: Measures | null = null;

  const ask = (target: string): Promise<boolean> => {
    const id = numbers.get(target);
    if (id === undefined) return Promise.resolve(false);
    return new Promise((resolve) => {
      asked.set(id, resolve);
      say({ t: "ask", id });
    });
  };

  const measure = async (id: number, task: Task): Promise<void> => {
    if (measures === null) return;
    const stop = new AbortController();
    under.set(id, stop);
    if (task.kind === "web") numbers.set(task.target.id, id);
    try {
      say({ t: "done", id, body: await perform(measures, task, stop.signal) });
    } catch (error) {
      say({ t: "fault", id, text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    } finally {
      under.delete(id);
      asked.delete(id);
    }
  };

  onOrder((order) => {
    switch (order.t) {
      case "manner":
        measures = createMeasures(order.manner, env, ask);
        break;
      case "measure":
        void measure(order.id, order.task);
        break;
      case "may":
        asked.get(order.id)?.(order.allowed);
        break;
      case "abort":
        under.get(order.id)?.abort();
        // Whoever waits for a word of the outside need not any more.
        asked.get(order.id)?.(false);
        break;
    }
  });
}

function perform(measures: Measures, task: Task, signal: AbortSignal): Promise<unknown> {
  switch (task.kind) {
    case "web":
      return measures.web(task.target, task.round, signal);
    case "messenger":
      return measures.messenger(task.messenger, task.round, signal);
    case "pair":
      return measures.pair(task.order, signal);
  }
}
