/** Size limits of everything that crosses the wire or is stored. Bytes are of UTF-8 text, before compression. */
export const LIMITS = {
  /** One canonical journal entry. A block page uploaded in full still fits. */
  entryBytes: 256 * 1024,
  /** One delivery, unpacked. */
  batchBytes: 2 * 1024 * 1024,
  /** One delivery as it arrives, packed. */
  messageBytes: 1024 * 1024,
  entriesPerBatch: 500,
  /** Steps of one kind in one measurement (addresses, redirects, follow-ups). */
  stepsPerKind: 64,
  addressesPerName: 8,
  redirects: 10,
  text: 2048,
  url: 2048,
  name: 253,
  headerValue: 1024,
  headers: 64,
  title: 512,
  certificates: 16,
  sans: 256,
  samples: 2048,
  checks: 32,
  /** Part of a response body that is read (and hashed), as OONI's 512 KiB. */
  bodyBytes: 512 * 1024,
  /** A matched block page is kept whole up to this size. */
  blockPageBytes: 64 * 1024,
} as const;
