import type { Hypothesis } from "../api/legal-types.ts";
import type { Names } from "../api/types.ts";

/**
 * What each claim foretells of the records: things that probes could see, so that it can be held against them. They are the
 * grounds on which the analysis weighs its causes (docs/method.md).
 */
export const PREDICTIONS: Readonly<Record<Hypothesis["claim"], readonly Names[]>> = {
  "ordered cut": [
    {
      kk: "бірнеше желі бір мезгілде үзіледі, ал өлшегіш машиналар өшпейді",
      ru: "несколько сетей пропадают одновременно, а сами машины с пробниками продолжают работать",
      en: "several networks go at one moment, while the probes' machines keep running",
    },
    {
      kk: "байланыстың бір бөлігі (ел ішіндегі сайттар, кейбір порттар) қалуы мүмкін",
      ru: "часть связи (сайты внутри страны, отдельные порты) может остаться",
      en: "part of the service (sites inside the country, some ports) may stay",
    },
  ],
  "power cut": [
    {
      kk: "машиналардың өзі өшіп, қайта қосылады",
      ru: "машины с пробниками сами выключаются и включаются заново",
      en: "the probes' machines go off themselves and start anew",
    },
    {
      kk: "шлюздердегі апатта: олардың артындағы барлық қала мен провайдерде шетел жоғалады, ел ішіндегі сайттар ашылады",
      ru: "при аварии на шлюзах: заграница пропадает во всех городах и у всех провайдеров за ними, а сайты внутри страны открываются",
      en: "with an accident at gateways: the world abroad is lost for all cities and providers behind them, while sites inside the country open",
    },
    {
      kk: "үй және ұялы желілер бірдей зардап шегеді, байланыс бір рет қалпына келеді",
      ru: "домашние и мобильные сети страдают одинаково, связь возвращается один раз",
      en: "fixed and mobile lines suffer alike, and service comes back once",
    },
  ],
  "ISP fault": [
    {
      kk: "бір провайдер не бір бағыт қана зардап шегеді",
      ru: "страдает один провайдер или одно направление",
      en: "one provider or one path suffers",
    },
    {
      kk: "атауға тәуелсіз: сол мекенжайдағы басқа атау да ашылмайды",
      ru: "от имени сайта ничего не зависит: другое имя по тому же адресу тоже не открывается",
      en: "it does not depend on the name: another name at the same address fails as well",
    },
  ],
  "collector fault": [
    {
      kk: "бақылау өлшегіштері де бір мезгілде үнсіз қалады",
      ru: "контрольные пробники замолкают в то же время",
      en: "control probes fall silent at the same time",
    },
  ],
  "single probe": [
    {
      kk: "басқа өлшегіштер мұны көрмейді",
      ru: "другие пробники этого не видят",
      en: "other probes do not see it",
    },
  ],
  "site fault": [
    {
      kk: "сайт шетелдегі бақылау өлшегіштерінде де ашылмайды",
      ru: "сайт не открывается и у контрольных пробников за границей",
      en: "the site fails for control probes abroad as well",
    },
  ],
  DDoS: [
    {
      kk: "сайт шетелден де ашылмайды немесе үзіліп-үзіліп ашылады",
      ru: "сайт не открывается и из-за границы или открывается через раз",
      en: "the site fails from abroad as well, or off and on",
    },
    {
      kk: "белгілері біркелкі емес: кешігу, қате беттер, қорғаныс беттері",
      ru: "картина неровная: задержки, страницы ошибок, страницы защиты",
      en: "what is seen is uneven: delays, error pages, pages of a shield",
    },
  ],
  "transit filter abroad": [
    {
      kk: "сол транзитпен өтетін басқа елдерде де солай болады",
      ru: "то же самое происходит в других странах за тем же транзитом",
      en: "the same happens in other countries behind the same transit",
    },
  ],
  "probe update": [
    {
      kk: "тек жаңартылған өлшегіштер үнсіз қалады",
      ru: "замолкают только обновлённые пробники",
      en: "only probes that were updated fall silent",
    },
  ],
  "no disruption": [
    {
      kk: "өлшегіш жеткілікті болғанда бұл уақыт пен жерде инцидент табылмайды",
      ru: "при достаточном числе пробников в это время и в этом месте инцидентов нет",
      en: "with enough probes watching, no incident is found in that time and place",
    },
  ],
  "no order": [
    {
      kk: "өлшеуге болатын ештеңе болжамайды: кім бұйрық бергені өлшенбейді",
      ru: "не предсказывает ничего измеримого: кто отдал распоряжение, не измеряется",
      en: "it foretells nothing that is measured: who gave an order is not seen by probes",
    },
  ],
};
