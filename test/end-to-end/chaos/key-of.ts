/** What an entry says, without its place in a chain: the same where it was written anew under another key. */
export function keyOf(text: string): string {
  const { kind, body, at, mono, boot } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ kind, body, at, mono, boot });
}
