/** Nouns by the plural categories of a language; `other` stands where a category has none of its own. */
export type Forms = { readonly one: string; readonly few?: string; readonly many?: string; readonly other: string };

/** A number with its noun: "5 probes", "5 зондов". Numbers are written as digits, without separators. */
export function counted(language: "kk" | "ru" | "en", count: number, forms: Forms): string {
  const category = RULES[language].select(count);
  const form = category === "one" || category === "few" || category === "many" ? forms[category] : forms.other;
  return `${count}\u00a0${form ?? forms.other}`;
}

const RULES = {
  kk: new Intl.PluralRules("kk"),
  ru: new Intl.PluralRules("ru"),
  en: new Intl.PluralRules("en"),
} as const;

/** "1–2": so few that their number could point at one; at most `most`. */
export function fewOf(most: number): string {
  return most <= 1 ? "1" : `1–${most}`;
}
