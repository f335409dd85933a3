/**
 * The one range of bytes that a Range header asks of so many (RFC 9110 14.1.2): null where it asks for none, for several,
 * or in a unit that is not known, so that the whole is sent; `none` where it lies beyond the end.
 */
export function readRange(header: string | undefined, size: number): { start: number; end: number } | "none" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const count = Math.min(size, Number(last));
    return count === 0 ? "none" : { start: size - count, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(size - 1, Number(last));
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "none" : { start, end };
}
