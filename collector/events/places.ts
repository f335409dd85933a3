import type { Region } from "../../targets/schema.ts";

/** Finds places by their names. */
export type Places = {
  /** Region of a name or code in any of the three languages; `KZ` for the country; null when it is none that is known. */
  find: (name: string) => string | null;
  /** The first part of a text between commas that is a place. */
  findIn: (text: string) => string | null;
  timeZone: (place: string) => string;
};

/** Towns that are no centre of a region, in English, Russian and Kazakh. */
const TOWNS: Readonly<Record<string, string>> = {
  "KZ-10": "Ayagoz, Аягоз, Аягөз, Kurchatov, Курчатов",
  "KZ-11": "Stepnogorsk, Степногорск, Kosshy, Косшы, Қосшы, Shchuchinsk, Щучинск",
  "KZ-15": "Aktobe, Kandyagash, Кандыагаш, Қандыағаш, Khromtau, Хромтау",
  "KZ-19": "Konaev, Kapchagay, Kapshagay, Kaskelen, Каскелен, Қаскелең, Talgar, Талгар, Esik, Есик",
  "KZ-23": "Kulsary, Кульсары, Құлсары",
  "KZ-27": "Aksai, Аксай, Ақсай",
  "KZ-31": "Kordai, Korday, Кордай, Қордай, Masanchi, Масанчи, Shu, Шу",
  "KZ-33": "Zharkent, Жаркент, Tekeli, Текели",
  "KZ-35": "Karaganda, Qaraghandy, Temirtau, Темиртау, Теміртау, Balkhash, Балхаш, Балқаш, Saran, Сарань",
  "KZ-39": "Kostanay, Rudny, Rudnyy, Рудный, Lisakovsk, Лисаковск, Arkalyk, Аркалык, Арқалық",
  "KZ-43": "Kyzylorda, Aralsk, Аральск, Арал, Baikonur, Baykonyr, Байконур, Байқоңыр",
  "KZ-47": "Aktau, Aqtau, Janaozen, Zhanaozen, Beyneu, Бейнеу",
  "KZ-55": "Pavlodar, Ekibastuz, Aksu, Аксу, Ақсу",
  "KZ-59": "Petropavlovsk",
  "KZ-61": "Turkestan, Turkistan, Kentau, Кентау, Arys, Арыс, Saryagash, Сарыагаш, Сарыағаш",
  "KZ-62": "Zhezkazgan, Jezkazgan, Satpayev, Сатпаев, Сәтбаев",
  "KZ-63": "Ust-Kamenogorsk, Oskemen, Ridder, Риддер, Altai, Zyryanovsk, Зыряновск",
  "KZ-71": "Nur Sultan, Akmolinsk",
  KZ: "Kazakhstan, Казахстан, Қазақстан, Республика Казахстан",
};
const COUNTRY_ZONE = "Asia/Almaty";
/** Words that say what sort of place a name is. */
const SORT =
  /^(?:г|город|обл|область|region|oblast|oblysy|province|city|city of|облысы|қаласы|қ)\.? | (?:region|oblast|oblysy|province|city|область|обл|облысы|қаласы|г)\.?$/;

/**
 * Places from the project's list of regions, their other names, and towns. A name with its sort ("Almaty Region") is
 * looked for first, so that a city and the region around it are not taken for each other.
 */
export function createPlaces(regions: readonly Region[]): Places {
  const whole = new Map<string, string>();
  const bare = new Map<string, string>();
  const add = (name: string, code: string) => {
    whole.set(plain(name), whole.get(plain(name)) ?? code);
    bare.set(stripped(name), bare.get(stripped(name)) ?? code);
  };
  // Cities of republican significance first: their names alone mean them.
  const cities = new Set(["KZ-71", "KZ-75", "KZ-79"]);
  const inTurn = [...regions].sort((a, b) => Number(cities.has(b.code)) - Number(cities.has(a.code)));
  for (const { code, names, aliases } of inTurn)
    for (const name of [code, ...Object.values(names), ...aliases.map((alias) => alias.name)]) add(name, code);
  for (const [code, names] of Object.entries(TOWNS)) for (const name of names.split(", ")) add(name, code);
  const zones = new Map(regions.map(({ code, timeZone }) => [code, timeZone]));
  const find = (name: string) => whole.get(plain(name)) ?? bare.get(stripped(name)) ?? null;
  return {
    find,
    findIn: (text) => {
      for (const part of [text, ...text.split(/[,;()]/)]) {
        const found = find(part);
        if (found !== null) return found;
      }
      return null;
    },
    timeZone: (place) => zones.get(place) ?? COUNTRY_ZONE,
  };
}

function plain(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[-\s.]+/g, " ")
    .trim();
}

function stripped(name: string): string {
  return plain(name).replace(SORT, "").trim();
}
