import type { Reader } from "../reader.ts";
import { referenceView } from "../reference/reference-view.ts";
import { operationsOf } from "../spec/operation.ts";
import type { Language } from "../types.ts";
import { addPage, type PageParts } from "./page.ts";

/** Examples are real answers, asked again after so long. */
const FRESH_MS = 600_000;

/** `GET /api`, also under `/kk`, `/ru` and `/en`: the reference of the API as a page. */
export function addReference({ app, reader, pages }: PageParts): void {
  const kept = new Map<Language, { until: number; text: string }>();
  const answer = async (url: string) => (await app.inject({ url, headers: { accept: "application/json" } })).body;
  const textOf = async (language: Language, { now }: Reader) => {
    const known = kept.get(language);
    if (known !== undefined && known.until > now()) return known.text;
    const text = pages.reference(await referenceView(reader, operationsOf(app), { language, answer }), language);
    kept.set(language, { until: now() + FRESH_MS, text });
    return text;
  };
  addPage({ app, reader, pages }, "/api", ({ language }) => textOf(language, reader));
}
