/** Runs a change and dates it at the middle of the time it took, in milliseconds since 1970. */
export async function timed<T>(change: () => Promise<T>): Promise<{ result: T; atMs: number }> {
  const beganMs = Date.now();
  const result = await change();
  return { result, atMs: Math.round((beganMs + Date.now()) / 2) };
}
