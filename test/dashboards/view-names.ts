import type { NameBook } from "../../collector/api/types.ts";

const WEST = "KZ-15 KZ-23 KZ-27 KZ-47".split(" ");
const REGION_NAMES: readonly (readonly [code: string, kk: string, ru: string, en: string])[] = [
  ["KZ-10", "Абай облысы", "область Абай", "Abai"],
  ["KZ-11", "Ақмола облысы", "Акмолинская область", "Akmola"],
  ["KZ-15", "Ақтөбе облысы", "Актюбинская область", "Aktobe"],
  ["KZ-19", "Алматы облысы", "Алматинская область", "Almaty Region"],
  ["KZ-23", "Атырау облысы", "Атырауская область", "Atyrau"],
  ["KZ-27", "Батыс Қазақстан облысы", "Западно-Казахстанская область", "West Kazakhstan"],
  ["KZ-31", "Жамбыл облысы", "Жамбылская область", "Zhambyl"],
  ["KZ-33", "Жетісу облысы", "область Жетісу", "Zhetysu"],
  ["KZ-35", "Қарағанды облысы", "Карагандинская область", "Karaganda"],
  ["KZ-39", "Қостанай облысы", "Костанайская область", "Kostanay"],
  ["KZ-43", "Қызылорда облысы", "Кызылординская область", "Kyzylorda"],
  ["KZ-47", "Маңғыстау облысы", "Мангистауская область", "Mangystau"],
  ["KZ-55", "Павлодар облысы", "Павлодарская область", "Pavlodar"],
  ["KZ-59", "Солтүстік Қазақстан облысы", "Северо-Казахстанская область", "North Kazakhstan"],
  ["KZ-61", "Түркістан облысы", "Туркестанская область", "Turkistan"],
  ["KZ-62", "Ұлытау облысы", "область Ұлытау", "Ulytau"],
  ["KZ-63", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan"],
  ["KZ-71", "Астана", "Астана", "Astana"],
  ["KZ-75", "Алматы", "Алматы", "Almaty"],
  ["KZ-79", "Шымкент", "Шымкент", "Shymkent"],
];

/** Sites of the fixtures. */
export const SITES = [
  "orda.kz",
  "azattyq.org",
  "vlast.kz",
  "ratel.kz",
  "exclusive.kz",
  "holanews.kz",
  "factcheck.kz",
  "adilsoz.kz",
  "youtube.com",
  "facebook.com",
  "instagram.com",
  "web.telegram.org",
  "whatsapp.com",
  "signal.org",
  "tiktok.com",
  "x.com",
  "vk.com",
  "linkedin.com",
  "who.int",
  "egov.kz",
  "inform.kz",
  "kapital.kz",
];

/** Names as a collector would hand them to pages. */
export const NAMES: NameBook = {
  regions: Object.fromEntries(
    REGION_NAMES.map(([code, kk, ru, en]) => [
      code,
      { kk, ru, en, timeZone: WEST.includes(code) ? "Asia/Aqtobe" : "Asia/Almaty" },
    ]),
  ),
  networks: { 9198: "Kazakhtelecom", 29355: "Kcell", 21299: "Beeline", 48503: "Tele2" },
  targets: Object.fromEntries(
    SITES.map((id) => [id, id === "azattyq.org" ? { kk: "Азаттық", ru: "Азаттык", en: "Azattyq" } : names(id)]),
  ),
};

function names(text: string) {
  return { kk: text, ru: text, en: text };
}
