import type { SitesWords } from "./vocabulary.ts";

export const kk: SitesWords = {
  title: "Осы жерден тексерілетін сайттар: {count}",
  kindsOff: "Алып тасталған түрлер: {kinds}.",
  sitesOff: "Сіз алып тастаған сайттар: {sites}.",
  added: "Келісім бергеніңізден кейін сервер қосқаны: {sites}.",
  how: "Сайтты алып тастау: kuager probe sites --without САЙТ. Қайтару: --with САЙТ.",
};
