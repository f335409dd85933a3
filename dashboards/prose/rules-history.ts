import type { Language } from "../../collector/api/types.ts";

/** What one version of the rules brought, in each language; newest first. */
type RulesVersion = { version: string; brought: Readonly<Record<Language, readonly string[]>> };

/** Versions of the rules as the change log tells them. A verdict names the version that made it. */
export const RULES_HISTORY: readonly RulesVersion[] = [
  {
    version: "4",
    brought: {
      en: ["A block that half of each network's probes meet is found where several networks meet it at the same time."],
      ru: [
        "Блокировка, которую в каждой сети встречает половина зондов, находится, когда её в одно время встречают несколько сетей.",
      ],
      kk: [
        "Әр желідегі өлшегіштердің жартысы кездестірген бұғаттау оны бірнеше желі бір уақытта кездестіргенде табылады.",
      ],
    },
  },
  {
    version: "3",
    brought: {
      en: [
        "Bad lines, dead servers of delivery networks, lost questions and notices of the host itself accuse nobody.",
        "A refused connection counts only at addresses that controls reach.",
        "97 innocent conditions are tried on real connections; none may be called interference.",
      ],
      ru: [
        "Плохие линии, неработающие серверы сетей доставки, потерянные запросы и уведомления самого узла никого не обвиняют.",
        "Отвергнутое соединение засчитывается только по адресам, до которых доходят контрольные зонды.",
        "На настоящих соединениях проверены 97 невинных условий; ни одно не должно быть названо вмешательством.",
      ],
      kk: [
        "Нашар желі, тарату желілерінің істемейтін серверлері, жоғалған сұраулар және машинаның өз хабарламалары ешкімді айыптамайды.",
        "Қабылданбаған байланыс бақылау өлшегіштері жететін мекенжайларда ғана есепке алынады.",
        "97 кінәсіз жағдай шынайы байланыста сыналды; ешқайсысы араласу деп аталмауы керек.",
      ],
    },
  },
  {
    version: "2",
    brought: {
      en: [
        "What neither proof nor controls support is no longer called interference: such verdicts are “not clear”.",
        "78 innocent conditions are tried on real connections.",
      ],
      ru: [
        "То, чего не подтверждают ни доказательство, ни контрольные зонды, больше не называется вмешательством: такие выводы – «неясно».",
        "На настоящих соединениях проверены 78 невинных условий.",
      ],
      kk: [
        "Дәлел де, бақылау өлшегіштері де растамаған нәрсе енді араласу деп аталмайды: мұндай қорытынды – «анық емес».",
        "78 кінәсіз жағдай шынайы байланыста сыналды.",
      ],
    },
  },
  {
    version: "1",
    brought: {
      en: ["The first version: one measurement is judged beside controls, step by step, by an ordered table of rules."],
      ru: [
        "Первая версия: измерение рассматривается рядом с контрольными, шаг за шагом, по упорядоченной таблице правил.",
      ],
      kk: ["Алғашқы нұсқа: өлшем бақылау өлшемдерінің қасында, қадам сайын, реттелген ережелер кестесімен қаралады."],
    },
  },
];
