import type { SitesWords } from "./vocabulary.ts";

export const ru: SitesWords = {
  title: "Сайтов проверяется отсюда: {count}",
  kindsOff: "Исключённые виды: {kinds}.",
  sitesOff: "Сайты, исключённые вами: {sites}.",
  added: "Добавлены сервером после вашего согласия: {sites}.",
  how: "Исключить сайт: kuager probe sites --without САЙТ. Вернуть: --with САЙТ.",
};
