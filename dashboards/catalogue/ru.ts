import type { Catalogue } from "./en.ts";
import { ruAdmin } from "./ru-admin.ts";
import { ruEvidence } from "./ru-evidence.ts";
import { ruLaw } from "./ru-law.ts";
import { ruLists } from "./ru-lists.ts";
import { ruPages } from "./ru-pages.ts";
import { ruPlaces } from "./ru-places.ts";
import { ruSite } from "./ru-site.ts";
import { ruWords } from "./ru-words.ts";

/** Russian texts. */
export const ru: Catalogue = {
  ...ruWords,
  ...ruEvidence,
  ...ruLaw,
  ...ruPages,
  ...ruAdmin,
  ...ruSite,
  ...ruPlaces,
  ...ruLists,

  "now.title": "Сейчас",
  "now.lead.shutdown": "Сейчас: {what} – {regions} ({networks}), начало: {when}.",
  "now.lead.outage":
    "Сейчас: связь пропала – {regions} ({networks}), начало: {when}; намеренное отключение – не главное объяснение.",
  "now.lead.block":
    "Сейчас: {targets} {count, plural, one {не открывается} other {не открываются}} как обычно – {regions} ({networks}), картина согласуется с блокировкой, начало: {when}.",
  "now.lead.interception":
    "Сейчас: на защищённые соединения с {targets} отвечает чужой сертификат – {regions} ({networks}), картина согласуется с перехватом, начало: {when}.",
  "now.lead.throttle":
    "Сейчас: {targets} {count, plural, one {загружается} other {загружаются}} намного медленнее других сайтов – {regions} ({networks}), картина согласуется с намеренным замедлением, начало: {when}.",
  "now.lead.quiet":
    "Сейчас: ничего не найдено; {present, plural, one {наблюдает # зонд} few {наблюдают # зонда} many {наблюдают # зондов} other {наблюдают # зонда}} в {regions, plural, one {# регионе} few {# регионах} many {# регионах} other {# региона}}.",
  "now.lead.few":
    "Сейчас: зондов слишком мало, чтобы судить. {present, plural, =0 {На связи нет ни одного} one {На связи # зонд} few {На связи # зонда} many {На связи # зондов} other {На связи # зонда}}; нужно не менее {needed}.",
  "now.lead.ownLine":
    "Сейчас: неизвестно. Собственная линия этого узла сбора не выходит во внешний мир, и молчание других сейчас ни о чём не говорит.",
  "now.watching": "На связи {present} из {known} зондов; не менее {needed} зондов есть в {regions} регионах из {all}.",
  "now.alsoOpen":
    "{count, plural, one {Открыт ещё # инцидент.} few {Открыто ещё # инцидента.} many {Открыто ещё # инцидентов.} other {Открыто ещё # инцидента.}}",
  "now.open": "Открыто сейчас",
  "now.none": "Открытых инцидентов нет.",
  "now.noneBlind": "Открытых инцидентов нет. Пока наблюдает так мало зондов, это мало о чём говорит.",
  "now.recent": "Недавно завершилось",
  "now.recentNone": "Недавно завершившихся инцидентов нет.",
  "now.map": "Регионы",
  "now.mapNote":
    "Каждая плитка – один из 20 регионов, примерно там, где он лежит. Регион, где на связи меньше {needed} зондов, мы никогда не называем благополучным.",
  "now.inWords": "То же словами",

  "figure.probes": "зондов на связи",
  "figure.regions": "регионов с достаточным числом зондов",
  "figure.controls": "контрольных зондов за пределами фильтра на связи",
  "figure.measurements": "измерений сохранено, {when}",
  "figure.of": "из {known}",
  "figure.last": "последнее: {when}",
  "figure.noneYet": "пока нет",

  "own.title.none": "Собственная линия этой машины не работает.",
  "own.title.lan": "Эта машина видит свой роутер, и ничего дальше.",
  "own.title.isp": "Эта машина видит своего провайдера, и ничего дальше.",
  "own.title.domestic": "Эта машина видит только сайты внутри Казахстана.",
  "own.since": "Начало: {when}; последняя проверка: {checked}.",
  "own.note":
    "Ниже – то, что было известно раньше, и то, что ещё приходит. Зонды продолжают вести запись; их журналы будут прочитаны, когда связь вернётся.",

  "coverage.title": "Кто наблюдает",
  "coverage.note":
    "Зонды на связи из числа известных, по регионам и сетям. Где известно меньше {least}, сказано только это – ради безопасности добровольцев.",
  "coverage.caption": "Зонды на связи из числа известных",
  "coverage.region": "Регион",
  "coverage.cell": "{present} из {known}",
  "coverage.few": "известны 1–{most}",
  "coverage.band": "известно {known}",
  "coverage.silent": "молчат (известно {known})",
  "coverage.noneHere": "нет",
  "coverage.empty": "Пока не присоединился ни один зонд.",
  "coverage.blind": "Ни одного зонда: {regions}.",
  "targets.title": "Сайты и сервисы",
  "targets.note": "Последний вывод по каждой сети, по зондам с измерениями за два часа.",
  "targets.caption": "Выводы, отличные от обычного, по сайтам и сетям",
  "targets.site": "Сайт",
  "targets.agree": "согласны {agreeing} из {probes}",
  "targets.fine": "Открывались как обычно везде, где измерялись ({count}): {list}.",
  "targets.allFine": "Все измеренные сайты открывались как обычно.",
  "targets.empty":
    "Ни об одном измерении за последние два часа пока нет заключения. Первый круг занимает несколько минут, а заключение ждёт контрольного измерения вне фильтра.",
  "targets.notMeasured": "не измерялся",
  "targets.more":
    "{count, plural, one {Ещё # сайт} few {Ещё # сайта} many {Ещё # сайтов} other {Ещё # сайта}} – в файлах данных.",

  "timeline.title": "Хронология",
  "timeline.sentence.some":
    "{headline} ({duration}, {confidence}); {count, plural, =1 {других инцидентов нет} one {всего # инцидент} few {всего # инцидента} many {всего # инцидентов} other {всего # инцидента}}.",
  "timeline.sentence.none":
    "Ничего не найдено; на связи было {min}–{max, plural, one {# зонд} few {# зонда} many {# зондов} other {# зонда}}.",
  "timeline.sentence.blind": "На связи не было ни одного зонда: судить нельзя.",
  "timeline.sentence.noData": "За это время у этого узла сбора нет данных: судить нельзя.",
  "timeline.sentence.few":
    "Ничего не найдено. Зондов здесь так мало, что их число не показывается, и это мало о чём говорит.",
  "timeline.gaps": "Часть этого времени ({duration}) узел сбора не работал; что происходило тогда, здесь неизвестно.",
  "timeline.fall": "Самое большое падение: с {before} до {after} зондов на связи, {when}.",
  "timeline.reported":
    "{count, plural, one {# сообщение} few {# сообщения} many {# сообщений} other {# сообщения}} прессы и НПО, не измеренных нами.",
  "timeline.chartTitle": "Зонды на связи, события, инциденты и сообщения во времени",
  "timeline.chartText": "{coverage} {incidents} {events} В таблицах ниже – то же словами.",
  "timeline.chartIncidents":
    "{count, plural, =0 {Инцидентов нет.} one {# инцидент.} few {# инцидента.} many {# инцидентов.} other {# инцидента.}}",
  "timeline.chartEvents":
    "{count, plural, =0 {Событий нет.} one {# событие.} few {# события.} many {# событий.} other {# события.}}",
  "timeline.moreRows": "ещё {count} – в таблице",
  "timeline.zone": "Время на графике местное ({zone}); в таблицах указано и UTC.",
  "chart.coverage": "Зонды на связи (наименьшее и наибольшее число)",
  "chart.expected": "ожидалось",
  "chart.noData": "нет данных",
  "chart.few": "зондов слишком мало, чтобы показать",
  "chart.events": "События",
  "chart.incidents": "Измерено нашими зондами",
  "chart.reports": "Сообщено прессой и НПО, не измерено",
  "chart.start": "размытый край: момент лежит где-то внутри",
  "chart.band": "бледная полоса: насколько точно известно время",
  "chart.dashed": "пунктирный контур: сообщено, не измерено",

  "events.title": "События",
  "events.caption": "События за это время",
  "events.none": "За это время событий не записано.",
  "events.note":
    "Обнаружение никогда не смотрит в этот календарь. Близость во времени показана как есть и не объясняет происшедшего.",
  "events.when": "Когда",
  "events.what": "Событие",
  "events.where": "Место",
  "events.near": "Инциденты, близкие по времени",
  "events.nearNone": "в пределах суток нет",
  "events.source": "Источник",
  "event.rally": "митинг",
  "event.picket": "пикет",
  "event.election": "выборы",
  "event.emergency": "чрезвычайная ситуация",
  "event.official": "официальное мероприятие",
  "event.publication": "публикация",
  "event.court-ruling": "решение суда",
  "event.other": "иное событие",
  "event.sanctioned": "с разрешением",
  "event.unsanctioned": "без разрешения",
  "lag.after": "{incident} – начало через {duration} после начала события",
  "lag.afterSpan": "{incident} – начало через {min} – {max} после начала события",
  "lag.before": "{incident} – начало за {duration} до начала события",
  "lag.beforeSpan": "{incident} – начало за {min} – {max} до начала события",
  "lag.sameMoment": "{incident} – начало одновременно с событием",
  "lag.sameDay": "{incident} – начало в тот же день",
  "lag.within": "{incident} – начало в пределах указанного времени",
  "precision.minute": "известно до минуты",
  "precision.hour": "известно до часа",
  "precision.day": "известно до дня",
  "precision.month": "известно до месяца",
  "reports.title": "Сообщено, не измерено",
  "reports.caption": "Сообщения прессы и НПО за это время",
  "reports.none": "За это время сообщений нет.",
  "reports.note":
    "Буква говорит, насколько хорош источник, а не насколько верно сообщение. Сообщения никогда не меняют измеренного.",
  "reports.grade": "Оценка",
  "reports.grade.A": "A: из первых рук или измерено другими",
  "reports.grade.B": "B: несколько источников",
  "reports.grade.C": "C: один источник",
  "reports.what": "Сообщение",
  "report.other": "Иное",
  "place.KZ": "Казахстан",

  "duration.minutes": "{n, plural, one {#\u00a0минуту} few {#\u00a0минуты} many {#\u00a0минут} other {#\u00a0минуты}}",
  "duration.hours": "{n, plural, one {#\u00a0час} few {#\u00a0часа} many {#\u00a0часов} other {#\u00a0часа}}",
  "duration.days": "{n, plural, one {#\u00a0день} few {#\u00a0дня} many {#\u00a0дней} other {#\u00a0дня}}",
  "duration.seconds":
    "{n, plural, one {#\u00a0секунду} few {#\u00a0секунды} many {#\u00a0секунд} other {#\u00a0секунды}}",
  "duration.hm": "{h}\u00a0ч\u00a0{m}\u00a0мин",
  "duration.dh": "{d}\u00a0д\u00a0{h}\u00a0ч",
  "duration.span": "{min} – {max}",

  "colophon.title": "Об этих данных",
  "colophon.asOf": "Данные по состоянию на",
  "colophon.rules": "Правила",
  "colophon.license": "Лицензия данных",
  "colophon.permalink": "Этот вид",
  "colophon.data": "Данные",
  "colophon.rows": "В файле до 1000 строк; если их больше, заголовок Link ответа называет следующую часть.",
  "colophon.addresses":
    "Адреса источников и сайтов намеренно даны текстом: открыв такой адрес, можно показать провайдеру, что вы читаете.",
  "colophon.cautious":
    "Мы говорим, что измерено и насколько мы в этом уверены. Кто за этим стоит – другой вопрос, и мы ничего не утверждаем.",
  "missing.title": "Такой страницы нет",
  "missing.text": "Возможно, в адресе опечатка или страница переехала.",
  "missing.back": "На первую страницу",
};
