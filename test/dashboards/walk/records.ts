import { z } from "zod";

const Row = z.looseObject({});
export type Row = z.infer<typeof Row>;

/** The lists that an answer of the API may hold. */
const LISTS = ["incidents", "verdicts", "measurements", "presence"];
const Answer = z.looseObject({ next: z.string().nullish() });

/** A time of a row, as milliseconds. */
export function timeOf(row: Row, field: string): number {
  return Date.parse(String(row[field]));
}

/** All rows behind an address of the API, over all its parts. */
export async function rowsAt(url: string): Promise<Row[]> {
  const rows: Row[] = [];
  let next: string | null | undefined = "";
  while (next !== null && next !== undefined) {
    const response = await fetch(next === "" ? url : `${url}&cursor=${next}`);
    if (!response.ok) throw new Error(`${response.status}: ${url}`);
    const answer = Answer.parse(await response.json());
    const list = LISTS.find((name) => name in answer) ?? "";
    rows.push(...z.array(Row).parse(answer[list]));
    next = answer.next;
  }
  return rows;
}

/** Sections of a page by the id of their heading. */
export function sectionsOf(page: string): Map<string, string> {
  const sections = [...page.matchAll(/<section aria-labelledby="([\w-]+)">(.*?)<\/section>/gs)];
  return new Map(sections.map(([, id = "", text = ""]) => [id, text]));
}

/** Where a part of a page leads. */
export function linksOf(part: string): string[] {
  return [...part.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
}
