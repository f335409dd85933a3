type Waiting = { tell: Set<() => void>; listener: () => void };

/** Who waits for each signal. Entries go with their signals. */
const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls `tell` once when the signal aborts (not when it has already). However many wait for one signal, it carries one
 * listener: measurements, questions and checks by the dozen share the signal of their round. Returns the undoing.
 */
export function onAbort(signal: AbortSignal, tell: () => void): () => void {
  const { tell: all } = waiting.get(signal) ?? listenTo(signal);
  all.add(tell);
  return () => {
    all.delete(tell);
    const known = waiting.get(signal);
    if (all.size > 0 || known?.tell !== all) return;
    waiting.delete(signal);
    signal.removeEventListener("abort", known.listener);
  };
}

function listenTo(signal: AbortSignal): Waiting {
  const tell = new Set<() => void>();
  const listener = () => {
    waiting.delete(signal);
    for (const one of [...tell]) one();
  };
  const made = { tell, listener };
  waiting.set(signal, made);
  signal.addEventListener("abort", listener, { once: true });
  return made;
}
