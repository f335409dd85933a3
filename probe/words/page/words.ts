import type { Language } from "../../config.ts";

/** Words of the page that no command says. */
export type PageWords = {
  title: string;
  languages: string;
  state: string;
  results: string;
  site: string;
  seen: string;
  when: string;
  foot: string;
};

/** What the page on loopback says, by language. */
export const PAGE_WORDS: Readonly<Record<Language, PageWords>> = {
  en: {
    title: "This probe",
    languages: "Languages",
    state: "How it stands",
    results: "What it saw",
    site: "Site",
    seen: "What was seen",
    when: "When",
    foot: "This page is shown on this computer only. Load it again to see what is new.",
  },
  ru: {
    title: "Этот зонд",
    languages: "Языки",
    state: "Как дела",
    results: "Что он видел",
    site: "Сайт",
    seen: "Что было видно",
    when: "Когда",
    foot: "Эта страница видна только на этом компьютере. Обновите её, чтобы увидеть новое.",
  },
  kk: {
    title: "Осы өлшегіш",
    languages: "Тілдер",
    state: "Жағдайы",
    results: "Не көрді",
    site: "Сайт",
    seen: "Не көрінді",
    when: "Қашан",
    foot: "Бұл бет тек осы компьютерде көрінеді. Жаңасын көру үшін қайта жүктеңіз.",
  },
};
