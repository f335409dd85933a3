/**
 * Reads the server name out of the first bytes of a TLS connection (RFC 8446 section 4.1.2, RFC 6066 section 3).
 * `incomplete` when the ClientHello is not all there yet, null when there is no name in it or it is no TLS.
 */
export function serverName(data: Buffer): string | null | "incomplete" {
  if (data.length < 1) return "incomplete";
  if (data[0] !== 22) return null;
  if (data.length < 5 || data.length < 5 + data.readUInt16BE(3)) return "incomplete";
  try {
    // Record header 5, handshake header 4, version 2, random 32.
    let at = 43;
    at += 1 + data.readUInt8(at);
    at += 2 + data.readUInt16BE(at);
    at += 1 + data.readUInt8(at);
    const end = at + 2 + data.readUInt16BE(at);
    at += 2;
    while (at < end) {
      const type = data.readUInt16BE(at);
      const length = data.readUInt16BE(at + 2);
      // List length 2, entry type 1, name length 2.
      if (type === 0) return data.toString("latin1", at + 9, at + 9 + data.readUInt16BE(at + 7)).toLowerCase();
      at += 4 + length;
    }
  } catch {
    return null;
  }
  return null;
}
