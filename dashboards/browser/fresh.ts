/** A page of this server, read anew and parsed; null when that does not succeed within ten seconds. */
export async function fresh(address: string): Promise<Document | null> {
  try {
    const answer = await fetch(address, {
      credentials: "omit",
      cache: "no-cache",
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}
