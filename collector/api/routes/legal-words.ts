import type { Names } from "../types.ts";

/** What the routes of the legal side list, for the reference. */
export const LEGAL_ABOUT = {
  legal: {
    en: "What is known of the legal basis of each block: court decision, administrative order, none known, or not yet known.",
    ru: "Что известно о правовом основании каждой блокировки: решение суда, предписание, неизвестно или пока не выяснено.",
    kk: "Әр бұғаттаудың құқықтық негізі туралы не белгілі: сот шешімі, әкімшілік нұсқама, негізі белгісіз немесе әзірге анықталмаған.",
  },
  registry: {
    en: "What a public registry of prohibited sites answered of each target, as it was given.",
    ru: "Что ответил о каждом сайте открытый реестр запрещённых ресурсов, как есть.",
    kk: "Тыйым салынған ресурстардың ашық тізілімі әр сайт туралы не жауап бергені, сол күйінде.",
  },
  answer: {
    en: "The very bytes of one answer of a registry.",
    ru: "Ответ реестра, байт в байт.",
    kk: "Тізілім жауабының дәл өзі, байтпа-байт.",
  },
  reconciliation: {
    en: "Each target as the registry knows it, held against what was measured.",
    ru: "Каждый сайт: что о нём говорит реестр и что измерено.",
    kk: "Әр сайт: тізілімде не жазылған және не өлшенген.",
  },
  quarterly: {
    en: "The table of one quarter after ARTICLE 19: each published incident with its legal basis, authority, document and remedy.",
    ru: "Таблица за квартал по образцу ARTICLE 19: каждый опубликованный инцидент с основанием, органом, документом и обжалованием.",
    kk: "ARTICLE 19 үлгісіндегі тоқсандық кесте: әр жарияланған инцидент, оның негізі, органы, құжаты және шағымдану барысы.",
  },
  transparency: {
    en: "How open each network is, when it blocks a target, about blocking it.",
    ru: "Насколько открыто каждая сеть говорит, что блокирует сайт.",
    kk: "Әр желі сайтты бұғаттағанын қаншалықты ашық айтады.",
  },
} as const satisfies Readonly<Record<string, Names>>;
