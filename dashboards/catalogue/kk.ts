import type { Catalogue } from "./en.ts";
import { kkAdmin } from "./kk-admin.ts";
import { kkEvidence } from "./kk-evidence.ts";
import { kkLaw } from "./kk-law.ts";
import { kkLists } from "./kk-lists.ts";
import { kkPages } from "./kk-pages.ts";
import { kkPlaces } from "./kk-places.ts";
import { kkSite } from "./kk-site.ts";
import { kkWords } from "./kk-words.ts";

/** Kazakh texts. */
export const kk: Catalogue = {
  ...kkWords,
  ...kkEvidence,
  ...kkLaw,
  ...kkPages,
  ...kkAdmin,
  ...kkSite,
  ...kkPlaces,
  ...kkLists,

  "now.title": "Қазір",
  "now.lead.shutdown": "Қазір: {what} – {regions} ({networks}), басталуы: {when}.",
  "now.lead.outage":
    "Қазір: байланыс үзілді – {regions} ({networks}), басталуы: {when}; әдейі ажырату – басты түсіндірме емес.",
  "now.lead.block":
    "Қазір: {targets} әдеттегідей {count, plural, one {ашылмайды} other {ашылмай тұр}} – {regions} ({networks}), бұл бұғаттауға ұқсайды, басталуы: {when}.",
  "now.lead.interception":
    "Қазір: {targets} үшін қорғалған байланысқа бөгде сертификат жауап береді – {regions} ({networks}), бұл араға кіруге ұқсайды, басталуы: {when}.",
  "now.lead.throttle":
    "Қазір: {targets} басқа сайттардан әлдеқайда баяу {count, plural, one {жүктеледі} other {жүктеліп тұр}} – {regions} ({networks}), бұл әдейі баяулатуға ұқсайды, басталуы: {when}.",
  "now.lead.quiet":
    "Қазір: ештеңе табылған жоқ; {regions, plural, one {# өңірде} other {# өңірде}} {present, plural, one {# өлшегіш} other {# өлшегіш}} бақылап тұр.",
  "now.lead.few":
    "Қазір: айтуға өлшегіш жеткіліксіз. {present, plural, =0 {Байланыста бірде-бір өлшегіш жоқ} one {Байланыста # өлшегіш бар} other {Байланыста # өлшегіш бар}}; кемінде {needed} керек.",
  "now.lead.ownLine":
    "Қазір: белгісіз. Осы жинау торабының өз желісі сыртқы әлемге шықпай тұр, өзгелердің үнсіздігі қазір ештеңені білдірмейді.",
  "now.watching":
    "Байланыста {present} / {known} өлшегіш; кемінде {needed} өлшегіші бар өңірлер: {all} ішінен {regions}.",
  "now.alsoOpen": "{count, plural, one {Тағы # инцидент жалғасуда.} other {Тағы # инцидент жалғасуда.}}",
  "now.open": "Қазір жалғасып жатқаны",
  "now.none": "Жалғасып жатқан инцидент жоқ.",
  "now.noneBlind": "Жалғасып жатқан инцидент жоқ. Бақылайтын өлшегіш мұндай аз кезде бұл көп нәрсе білдірмейді.",
  "now.recent": "Жақында аяқталғаны",
  "now.recentNone": "Жақында аяқталған инцидент жоқ.",
  "now.map": "Өңірлер",
  "now.mapNote":
    "Әр тақташа – 20 өңірдің бірі, шамамен өз орнында. Байланыста {needed} өлшегіштен аз өңірді біз ешқашан «бәрі жақсы» демейміз.",
  "now.inWords": "Дәл соны сөзбен",

  "figure.probes": "өлшегіш байланыста",
  "figure.regions": "өңірде өлшегіш жеткілікті",
  "figure.controls": "сүзгіден тыс бақылау өлшегіші байланыста",
  "figure.measurements": "өлшем сақталды, {when}",
  "figure.of": "/ {known}",
  "figure.last": "соңғысы: {when}",
  "figure.noneYet": "әзірге жоқ",

  "own.title.none": "Осы машинаның өз желісі істемей тұр.",
  "own.title.lan": "Осы машина тек өз роутерін көреді, одан әрі ештеңе жоқ.",
  "own.title.isp": "Осы машина тек өз провайдерін көреді, одан әрі ештеңе жоқ.",
  "own.title.domestic": "Осы машина тек Қазақстан ішіндегі сайттарды көреді.",
  "own.since": "Басталуы: {when}; соңғы тексеру: {checked}.",
  "own.note":
    "Төменде – бұрын белгілі болғаны және әлі келіп жатқаны. Өлшегіштер жазуын тоқтатпайды; желі қалпына келгенде журналдары оқылады.",

  "coverage.title": "Кім бақылап тұр",
  "coverage.note":
    "Белгілі өлшегіштердің байланыстағысы, өңір мен желі бойынша. {least} өлшегіштен аз белгілі жерде еріктілердің қауіпсіздігі үшін тек соны айтамыз.",
  "coverage.caption": "Белгілі өлшегіштердің байланыстағысы",
  "coverage.region": "Өңір",
  "coverage.cell": "{present} / {known}",
  "coverage.few": "1–{most} белгілі",
  "coverage.band": "{known} белгілі",
  "coverage.silent": "үнсіз ({known} белгілі)",
  "coverage.noneHere": "жоқ",
  "coverage.empty": "Әзірге бірде-бір өлшегіш қосылған жоқ.",
  "coverage.blind": "Бірде-бір өлшегіш жоқ: {regions}.",
  "targets.title": "Сайттар мен сервистер",
  "targets.note": "Әр желі бойынша соңғы қорытынды, екі сағат ішінде өлшеген өлшегіштерден.",
  "targets.caption": "Әдеттегіден өзгеше қорытындылар, сайт пен желі бойынша",
  "targets.site": "Сайт",
  "targets.agree": "{probes} ішінен {agreeing} келіседі",
  "targets.fine": "Өлшенген жердің бәрінде әдеттегідей ашылды ({count}): {list}.",
  "targets.allFine": "Өлшенген сайттың бәрі әдеттегідей ашылды.",
  "targets.empty":
    "Соңғы екі сағаттағы өлшемдер бойынша әзірге қорытынды жоқ. Алғашқы айналым бірнеше минут алады, қорытынды сүзгіден тыс бақылау өлшемін күтеді.",
  "targets.notMeasured": "өлшенбеген",
  "targets.more": "{count, plural, one {Тағы # сайт} other {Тағы # сайт}} дерек файлдарында.",

  "timeline.title": "Уақыт шкаласы",
  "timeline.sentence.some":
    "{headline} ({duration}, {confidence}); {count, plural, =1 {басқа инцидент жоқ} one {барлығы # инцидент} other {барлығы # инцидент}}.",
  "timeline.sentence.none": "Ештеңе табылған жоқ; байланыста {min}–{max} өлшегіш болды.",
  "timeline.sentence.blind": "Байланыста бірде-бір өлшегіш болған жоқ: ештеңе айтуға болмайды.",
  "timeline.sentence.noData": "Бұл жинау торабында осы уақыт туралы дерек жоқ: ештеңе айтуға болмайды.",
  "timeline.sentence.few": "Ештеңе табылған жоқ. Мұнда өлшегіш тым аз, саны көрсетілмейді, бұл көп нәрсе білдірмейді.",
  "timeline.gaps":
    "Осы уақыттың бір бөлігінде ({duration}) жинау торабы істеген жоқ; сол кезде не болғаны мұнда белгісіз.",
  "timeline.fall": "Ең үлкен төмендеу: байланыстағы өлшегіш {before} болатын, {after} қалды, {when}.",
  "timeline.reported":
    "Баспасөз бен ҮЕҰ {count, plural, one {# хабары} other {# хабары}} бар, оларды біз өлшеген жоқпыз.",
  "timeline.chartTitle": "Уақыт бойынша байланыстағы өлшегіштер, оқиғалар, инциденттер және хабарлар",
  "timeline.chartText": "{coverage} {incidents} {events} Төмендегі кестелерде дәл сол сөзбен берілген.",
  "timeline.chartIncidents": "{count, plural, =0 {Инцидент жоқ.} one {# инцидент бар.} other {# инцидент бар.}}",
  "timeline.chartEvents": "{count, plural, =0 {Оқиға жоқ.} one {# оқиға бар.} other {# оқиға бар.}}",
  "timeline.moreRows": "тағы {count} – кестеде",
  "timeline.zone": "Сызбадағы уақыт жергілікті ({zone}); кестелерде UTC де берілген.",
  "chart.coverage": "Байланыстағы өлшегіштер (ең аз және ең көп саны)",
  "chart.expected": "күтілгені",
  "chart.noData": "дерек жоқ",
  "chart.few": "көрсетуге өлшегіш тым аз",
  "chart.events": "Оқиғалар",
  "chart.incidents": "Біздің өлшегіштер өлшегені",
  "chart.reports": "Баспасөз бен ҮЕҰ хабарлағаны, өлшенбеген",
  "chart.start": "көмескі шет: сәт соның ішінде бір жерде",
  "chart.band": "бозғылт жолақ: уақыттың қаншалықты дәл белгілі екені",
  "chart.dashed": "үзік контур: хабарланған, өлшенбеген",

  "events.title": "Оқиғалар",
  "events.caption": "Осы уақыттағы оқиғалар",
  "events.none": "Осы уақытта жазылған оқиға жоқ.",
  "events.note":
    "Инцидентті табу бұл күнтізбеге ешқашан қарамайды. Уақыт жағынан жақындығы сол күйінде көрсетілген, ол болғанды түсіндірмейді.",
  "events.when": "Қашан",
  "events.what": "Оқиға",
  "events.where": "Орны",
  "events.near": "Уақыты жақын инциденттер",
  "events.nearNone": "бір тәулік ішінде жоқ",
  "events.source": "Дереккөз",
  "event.rally": "митинг",
  "event.picket": "пикет",
  "event.election": "сайлау",
  "event.emergency": "төтенше жағдай",
  "event.official": "ресми шара",
  "event.publication": "жарияланым",
  "event.court-ruling": "сот шешімі",
  "event.other": "өзге оқиға",
  "event.sanctioned": "рұқсатпен",
  "event.unsanctioned": "рұқсатсыз",
  "lag.after": "{incident} – оқиға басталған соң {duration} өткенде басталды",
  "lag.afterSpan": "{incident} – оқиға басталған соң {min} мен {max} аралығында басталды",
  "lag.before": "{incident} – оқиға басталардан {duration} бұрын басталды",
  "lag.beforeSpan": "{incident} – оқиға басталардан {min} мен {max} аралығында бұрын басталды",
  "lag.sameMoment": "{incident} – оқиғамен бір мезгілде басталды",
  "lag.sameDay": "{incident} – сол күні басталды",
  "lag.within": "{incident} – көрсетілген уақыт ішінде басталды",
  "precision.minute": "минутына дейін белгілі",
  "precision.hour": "сағатына дейін белгілі",
  "precision.day": "күніне дейін белгілі",
  "precision.month": "айына дейін белгілі",
  "reports.title": "Хабарланған, өлшенбеген",
  "reports.caption": "Осы уақыттағы баспасөз бен ҮЕҰ хабарлары",
  "reports.none": "Осы уақытта хабар жоқ.",
  "reports.note":
    "Әріп хабардың растығын емес, дереккөздің сапасын білдіреді. Хабарлар өлшенгенді ешқашан өзгертпейді.",
  "reports.grade": "Бағасы",
  "reports.grade.A": "A: өз көзімен көрген немесе өзгелер өлшеген",
  "reports.grade.B": "B: бірнеше дереккөз",
  "reports.grade.C": "C: бір дереккөз",
  "reports.what": "Хабар",
  "report.other": "Өзге",
  "place.KZ": "Қазақстан",

  "duration.minutes": "{n, plural, one {#\u00a0минут} other {#\u00a0минут}}",
  "duration.hours": "{n, plural, one {#\u00a0сағат} other {#\u00a0сағат}}",
  "duration.days": "{n, plural, one {#\u00a0күн} other {#\u00a0күн}}",
  "duration.seconds": "{n, plural, one {#\u00a0секунд} other {#\u00a0секунд}}",
  "duration.hm": "{h}\u00a0сағ\u00a0{m}\u00a0мин",
  "duration.dh": "{d}\u00a0тәулік\u00a0{h}\u00a0сағ",
  "duration.span": "{min} – {max}",

  "colophon.title": "Бұл деректер туралы",
  "colophon.asOf": "Білім күйі",
  "colophon.rules": "Ережелер",
  "colophon.license": "Деректердің лицензиясы",
  "colophon.permalink": "Осы көрініс",
  "colophon.data": "Деректер",
  "colophon.rows":
    "Бір файлда 1000 жолға дейін болады; одан көп болса, жауаптың Link тақырыбы келесі бөлігін көрсетеді.",
  "colophon.addresses":
    "Дереккөздер мен сайттардың мекенжайы әдейі мәтінмен берілген: оны ашсаңыз, провайдеріңіз не оқығаныңызды көре алады.",
  "colophon.cautious":
    "Біз не өлшенгенін және оған қаншалықты сенімді екенімізді айтамыз. Мұның артында кім тұрғаны – басқа сұрақ, бұл туралы ештеңе тұжырымдамаймыз.",
  "missing.title": "Мұндай бет жоқ",
  "missing.text": "Мекенжайда қате болуы немесе беттің көшкені мүмкін.",
  "missing.back": "Бірінші бетке",
};
