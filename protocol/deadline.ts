/**
 * A signal that fires after a time, or when one of the others does. Its reason is a `TimeoutError` in the first case, as of
 * `AbortSignal.timeout`, which may not stand among the sources of `AbortSignal.any`: nothing but the composite holds it
 * then, weakly, so that a collection of garbage takes the deadline away (seen with Node 20). Here the timer holds it.
 */
export function within(ms: number, ...others: readonly AbortSignal[]): AbortSignal {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new DOMException("the time is over", "TimeoutError")), ms);
  timer.unref();
  return AbortSignal.any([over.signal, ...others]);
}
