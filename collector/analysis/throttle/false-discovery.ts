/**
 * Which of several tests may be believed so that among those believed the share of false ones is at most `rate`. Source:
 * Y. Benjamini, Y. Hochberg, Controlling the False Discovery Rate, JRSS B 57 (1995) 289-300: the step-up procedure.
 */
export function believable(chances: readonly number[], rate: number): boolean[] {
  const order = chances.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const last = order.findLastIndex(({ p }, rank) => p <= (rate * (rank + 1)) / chances.length);
  const believed = new Set(order.slice(0, last + 1).map(({ index }) => index));
  return chances.map((_, index) => believed.has(index));
}
