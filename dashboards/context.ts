import type { Language, NameBook } from "../collector/api/types.ts";
import { type Translate, translator } from "./translate.ts";

/** What every part of a page needs to speak: the language, its messages, names for codes, and the page's own moment. */
export type Context = { t: Translate; language: Language; names: NameBook; asOf: string };

/** The context of one view in one language. */
export function contextOf(view: { names: NameBook; asOf: string }, language: Language): Context {
  return { t: translator(language), language, names: view.names, asOf: view.asOf };
}
