/** What a number says: the year of the incident's start, and its place in the order of publication. */
export function readNumber(number: string): { year: number; place: number } {
  const [, year, place] = number.split("-").map(Number);
  return { year: year ?? 0, place: place ?? 0 };
}

/** The number of a place within a year. */
export function numberText(year: number, place: number): string {
  return `KZ-${year}-${String(place).padStart(4, "0")}`;
}
