/**
 * The server name in the first segment of a TLS connection (RFC 8446 section 4.1.2, RFC 6066 section 3); null when it is
 * no ClientHello, holds no name, or the name lies beyond this segment.
 */
export function serverName(segment: Buffer): string | null {
  try {
    if (segment[0] !== 22 || segment[5] !== 1) return null;
    let at = 43;
    at += 1 + segment.readUInt8(at);
    at += 2 + segment.readUInt16BE(at);
    at += 1 + segment.readUInt8(at);
    const end = Math.min(segment.length, at + 2 + segment.readUInt16BE(at));
    at += 2;
    while (at + 4 <= end) {
      const [type, length] = [segment.readUInt16BE(at), segment.readUInt16BE(at + 2)];
      if (type === 0)
        return at + 4 + length <= segment.length ? segment.toString("latin1", at + 9, at + 4 + length) : null;
      at += 4 + length;
    }
    return null;
  } catch {
    // Cut short: the rest is in a later segment.
    return null;
  }
}
