import type { Prose } from "./prose.ts";

/** Feeds and alerts, in Russian. */
export const feedsRu: Prose = {
  title: "Ленты и оповещения",
  dek: "Чтобы узнать, когда что-то началось и когда закончилось, со степенью уверенности в заголовке.",
  sections: [
    {
      id: "atom",
      title: "Ленты Atom: самый безопасный путь",
      paragraphs: [
        "Программа чтения время от времени спрашивает этот сервер; никто не узнаёт, кто читает. Лента принимает тот же выбор, что и список инцидентов: region, asn, target.",
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
      title: "О чём сообщается",
      items: [
        "Одна запись, когда инцидент начался, и одна, когда закончился; исправление – отдельная запись.",
        "То, что только «замечено», не рассылается, если об этом не просили: может выясниться иное.",
        "Заголовок начинается со степени уверенности. Кто ответственен, в нём не говорится никогда.",
      ],
    },
    {
      id: "others",
      title: "Другие пути",
      items: [
        "Вебхуки, почту, Telegram, Matrix и ntfy настраивают те, кто держит этот сервер.",
        "Каждый из них связывает учётную запись или адрес с вашим интересом. Если это может вам повредить, возьмите ленту и читайте её через Tor.",
      ],
    },
  ],
};
