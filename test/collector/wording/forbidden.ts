import type { Language } from "../../../collector/api/types.ts";

/** Words that say why something happened, who did it, or that it was wrong. Measurements show none of that. */
export const FORBIDDEN: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:because|caused?d?|due to|owing to|blam\w*|guilt\w*|culprit\w*|illegal\w*|unlawful\w*|crim\w*|censor\w*|regime|violat\w*|in response to|as a result|in order to|retaliat\w*|repress\w*|propaganda|lied|lying|liar\w*|prov(?:es?|ed|en))\b/i,
  ru: /(?:потому что|из-за(?! границ)|по причине|вследствие|в результате|благодаря|вызван|виновн|виноват|незаконн|противозаконн|преступ|цензур|режим|нарушени|в ответ на|чтобы скрыть|репресс|пропаганд|лжёт|лгут|ложь|доказывает)/i,
  kk: /(?:өйткені|себебінен|салдарынан|кесірінен|нәтижесінде|сондықтан|кінәлі|кінәсі|заңсыз|қылмыс|цензура|режим|бұзушылық|жауап ретінде|өтірік|дәлелдейді)/i,
};
