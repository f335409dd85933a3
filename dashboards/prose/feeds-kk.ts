import type { Prose } from "./prose.ts";

/** Feeds and alerts, in Kazakh. */
export const feedsKk: Prose = {
  title: "Таспалар мен хабарламалар",
  dek: "Бір нәрсе басталғанын және аяқталғанын білу үшін; сенімділік дәрежесі тақырыпта тұрады.",
  sections: [
    {
      id: "atom",
      title: "Atom таспасы: ең қауіпсіз жол",
      paragraphs: [
        "Оқу бағдарламасы анда-санда осы серверден сұрайды; кім оқитынын ешкім білмейді. Таспа инциденттер тізіміндегі таңдауды қабылдайды: region, asn, target.",
      ],
      code: [
        "https://SERVER/feeds/incidents.atom",
        "https://SERVER/feeds/incidents.atom?region=KZ-75",
        "https://SERVER/feeds/incidents.atom?asn=9198",
        "https://SERVER/feeds/incidents.atom?target=orda.kz",
      ],
      links: [["incidents.atom", "/feeds/incidents.atom"]],
    },
    {
      id: "rules",
      title: "Не хабарланады",
      items: [
        "Инцидент басталғанда бір жазба, аяқталғанда бір жазба; түзету – бөлек жазба.",
        "Тек «байқалғаны» сұралмаса жіберілмейді: кейін басқаша болып шығуы мүмкін.",
        "Тақырып сенімділік дәрежесінен басталады. Кім жауапты екені онда ешқашан айтылмайды.",
      ],
    },
    {
      id: "others",
      title: "Басқа жолдар",
      items: [
        "Вебхук, пошта, Telegram, Matrix және ntfy-ді осы серверді ұстайтындар баптайды.",
        "Олардың әрқайсысы аккаунтты не мекенжайды қызығушылығыңызға байлайды. Бұл сізге зиян болуы мүмкін болса, таспаны алып, Tor арқылы оқыңыз.",
      ],
    },
  ],
};
