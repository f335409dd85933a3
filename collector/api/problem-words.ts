import type { Names } from "./types.ts";

/** What a problem is called, by its status, in the language of whoever asks. */
export const TITLES: Readonly<Record<number, Names>> = {
  400: { en: "Wrong question", ru: "Неверный запрос", kk: "Сұрау қате" },
  401: { en: "Not signed", ru: "Нет подписи", kk: "Қолтаңба жоқ" },
  403: { en: "Not allowed", ru: "Не разрешено", kk: "Рұқсат жоқ" },
  404: { en: "Not found", ru: "Не найдено", kk: "Табылмады" },
  405: { en: "Not answered this way", ru: "Так не отвечает", kk: "Бұлай жауап бермейді" },
  406: { en: "No such form", ru: "Нет такого вида", kk: "Ондай түрі жоқ" },
  409: { en: "Conflict", ru: "Противоречие", kk: "Қайшылық" },
  413: { en: "Too large", ru: "Слишком большое", kk: "Тым үлкен" },
  415: { en: "Unknown type", ru: "Неизвестный тип", kk: "Түрі белгісіз" },
  416: { en: "No such part", ru: "Нет такой части", kk: "Ондай бөлігі жоқ" },
  422: { en: "Too much asked", ru: "Запрошено слишком много", kk: "Тым көп сұралды" },
  429: { en: "Too many questions", ru: "Слишком много запросов", kk: "Сұрау тым көп" },
  500: { en: "Fault of ours", ru: "Наша ошибка", kk: "Біздің қате" },
  503: { en: "Not now", ru: "Не сейчас", kk: "Қазір болмайды" },
  507: { en: "No room", ru: "Нет места", kk: "Орын жоқ" },
};

/** Problems that readers of the API meet, by code, each with what to do; the reference shows them. */
export const PROBLEMS: Readonly<Record<string, { readonly status: number; readonly says: Names }>> = {
  bad_query: {
    status: 400,
    says: {
      en: "A parameter is wrong or not known here. The detail names it and says what was expected.",
      ru: "Параметр неверен или здесь неизвестен. В подробности назван он и то, что ожидалось.",
      kk: "Параметр қате немесе мұнда белгісіз. Түсіндірмеде оның аты және не күтілгені айтылады.",
    },
  },
  not_found: {
    status: 404,
    says: {
      en: "There is nothing at this address, or nothing with this id.",
      ru: "По этому адресу ничего нет, или нет такого id.",
      kk: "Бұл мекенжайда ештеңе жоқ немесе мұндай id жоқ.",
    },
  },
  too_much: {
    status: 422,
    says: {
      en: "The question covers more than is answered at once. Ask for a shorter time or fewer places, or take the daily files.",
      ru: "Вопрос охватывает больше, чем отдаётся за раз. Сократите время или места либо возьмите дневные файлы.",
      kk: "Сұрау бір жолғы жауапқа сыймайды. Уақытты не орындарды азайтыңыз немесе күндік файлдарды алыңыз.",
    },
  },
  too_many: {
    status: 429,
    says: {
      en: "Too many questions came from your part of the network. Wait as long as Retry-After says; for everything at once take the daily files.",
      ru: "Из вашей части сети пришло слишком много запросов. Подождите, сколько указано в Retry-After; чтобы взять всё сразу, есть дневные файлы.",
      kk: "Сіздің желі бөлігінен тым көп сұрау келді. Retry-After айтқанша күтіңіз; бәрін бірден алу үшін күндік файлдар бар.",
    },
  },
  too_busy: {
    status: 503,
    says: {
      en: "As many readers as can be served listen already, or the collector is busy. Try again later.",
      ru: "Слушателей уже столько, сколько можно обслужить, или сборщик занят. Попробуйте позже.",
      kk: "Қызмет көрсетуге болатын тыңдаушылар саны толды немесе жинақтаушы бос емес. Кейінірек қайталаңыз.",
    },
  },
  try_later: {
    status: 503,
    says: {
      en: "The collector cannot answer now. Try again later.",
      ru: "Сборщик не может ответить сейчас. Попробуйте позже.",
      kk: "Жинақтаушы қазір жауап бере алмайды. Кейінірек қайталаңыз.",
    },
  },
  fault: {
    status: 500,
    says: {
      en: "A fault of ours. It was recorded.",
      ru: "Наша ошибка. Она записана.",
      kk: "Біздің қате. Ол жазып алынды.",
    },
  },
};
