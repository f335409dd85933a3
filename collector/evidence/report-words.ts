import type { Language } from "../api/types.ts";

/** Words of the report. None says who did something or why it happened: what was measured, and how sure that is. */
export type ReportWords = {
  readonly title: string;
  readonly finding: Readonly<Record<"block" | "interception" | "throttle" | "shutdown" | "outage", string>>;
  readonly confidence: Readonly<Record<"observed" | "probable" | "confirmed", string>>;
  readonly attribution: Readonly<Record<"none" | "claimed" | "documented", string>>;
  readonly verdict: Readonly<Record<"supported" | "contradicted" | "untestable", string>>;
  readonly cause: Readonly<Record<string, string>>;
  readonly rows: Readonly<
    Record<
      | "id"
      | "made"
      | "where"
      | "networks"
      | "targets"
      | "began"
      | "ended"
      | "open"
      | "detected"
      | "sure"
      | "who"
      | "witnesses"
      | "measurements"
      | "entries"
      | "controls"
      | "excluded"
      | "everywhere"
      | "between"
      | "method",
      string
    >
  >;
  readonly notClaimedTitle: string;
  readonly notClaimed: readonly string[];
  readonly sections: Readonly<
    Record<
      "facts" | "causes" | "verdicts" | "coverage" | "events" | "reports" | "earlier" | "check" | "cite" | "limits",
      string
    >
  >;
  readonly columns: Readonly<
    Record<
      | "cause"
      | "score"
      | "held"
      | "reasons"
      | "verdict"
      | "count"
      | "time"
      | "least"
      | "most"
      | "expected"
      | "what"
      | "source"
      | "grade"
      | "witnesses",
      string
    >
  >;
  readonly notes: Readonly<
    Record<
      | "causes"
      | "events"
      | "reports"
      | "noData"
      | "few"
      | "none"
      | "check"
      | "checkKey"
      | "limits"
      | "gaps"
      | "singleWitness",
      string
    >
  >;
  readonly edition: Readonly<Record<"public" | "originals", string>>;
};

const en: ReportWords = {
  title: "Report on an incident",
  finding: {
    block: "Sites did not open as usual, consistent with blocking.",
    interception: "Encrypted connections got a stranger’s certificate, consistent with interception.",
    throttle: "Sites loaded far slower than others on the same lines, consistent with slowing down on purpose.",
    shutdown: "Connections were lost in a way consistent with an ordered cut.",
    outage: "Connections were lost; an ordered cut is not the leading explanation.",
  },
  confidence: {
    observed: "observed: seen, not yet supported by a second kind of record",
    probable: "probable: supported by several independent records",
    confirmed: "confirmed: supported by journals or proof inside the measurements",
  },
  attribution: {
    none: "none: these records do not show who was responsible",
    claimed: "claimed: somebody has said who was responsible",
    documented: "documented: a document names who was responsible",
  },
  verdict: { supported: "supported", contradicted: "contradicted", untestable: "could not be tested" },
  cause: {
    "ordered cut": "ordered cut",
    "power cut": "power cut",
    "ISP fault": "fault of a provider",
    "collector fault": "fault of our collector",
    "single probe": "a single probe",
    "site fault": "fault of the site",
    DDoS: "attack on the site",
    "transit filter abroad": "filter of another country on the way",
    "probe update": "update of the probes",
  },
  rows: {
    id: "Incident and version",
    made: "As known at",
    where: "Where",
    networks: "Networks",
    targets: "Sites",
    began: "Began",
    ended: "Ended",
    open: "not ended as far as known",
    detected: "Noticed",
    sure: "How sure the measurement is",
    who: "Who is responsible",
    witnesses: "Witnesses",
    measurements: "Measurements",
    entries: "Enclosed records of witnesses",
    controls: "Enclosed records of controls",
    excluded: "Measurements left out, with reasons",
    everywhere: "everywhere that was watched",
    between: "between {from} and {to}",
    method: "How",
  },
  notClaimedTitle: "What this report does not claim",
  notClaimed: [
    "who gave an order, or whether there was one, unless a document is named",
    "why anything happened; times that lie together are not a cause",
    "anything about places, networks and times without probes",
  ],
  sections: {
    facts: "Finding",
    causes: "Other explanations, each held against the records",
    verdicts: "Judgements of single measurements",
    coverage: "Who was watching",
    events: "Events about that time",
    reports: "What others reported",
    earlier: "What was said before",
    check: "How to check this",
    cite: "How to cite this",
    limits: "Limits",
  },
  columns: {
    cause: "Explanation",
    score: "Score",
    held: "Held against the records",
    reasons: "Reasons",
    verdict: "Judgement",
    count: "Number",
    time: "From",
    least: "Fewest",
    most: "Most",
    expected: "Expected",
    what: "What",
    source: "Source",
    grade: "Grade",
    witnesses: "Witnesses",
  },
  notes: {
    causes: "A positive score speaks for an explanation, a negative one against it.",
    events: "Detection never reads this list. That something took place at the same time does not make it a cause.",
    reports: "Reports are drawn apart from measurements and are not part of the finding.",
    noData: "no data",
    few: "too few probes to tell counts",
    none: "None.",
    check:
      "Run “kuager verify” on this bundle, without a network. The files named VERIFY tell how to check it with common tools.",
    checkKey: "Compare the key of the log with one you got another way; the log is",
    limits:
      "Few probes see little. A block seen on one network says nothing of another. Probes run by volunteers can fail in ways we do not know of. The full limits are in limitations.md.",
    gaps: "The collector did not run in these times; nothing is known of them:",
    singleWitness: "Only one probe saw this; its measurements carry the proof in themselves.",
  },
  edition: {
    public:
      "This edition holds what may be published: records under names that change daily, with their places in the log.",
    originals:
      "This edition holds signed entries as probes wrote them. They can point at volunteers: do not publish it.",
  },
};

const ru: ReportWords = {
  title: "Отчёт об инциденте",
  finding: {
    block: "Сайты не открывались как обычно; это согласуется с блокировкой.",
    interception: "В шифрованных соединениях был чужой сертификат; это согласуется с перехватом.",
    throttle: "Сайты загружались намного медленнее других на тех же линиях; это согласуется с намеренным замедлением.",
    shutdown: "Связь пропала так, что это согласуется с отключением по распоряжению.",
    outage: "Связь пропала; отключение по распоряжению не является главным объяснением.",
  },
  confidence: {
    observed: "наблюдалось: замечено, но ещё не подкреплено записями другого рода",
    probable: "вероятно: подкреплено несколькими независимыми записями",
    confirmed: "подтверждено: журналами или доказательством внутри измерений",
  },
  attribution: {
    none: "не установлено: эти записи не показывают, кто ответственен",
    claimed: "заявлено: кто-то назвал ответственного",
    documented: "задокументировано: ответственного называет документ",
  },
  verdict: { supported: "подкреплено", contradicted: "противоречит записям", untestable: "проверить нельзя" },
  cause: {
    "ordered cut": "отключение по распоряжению",
    "power cut": "отключение электричества",
    "ISP fault": "авария у провайдера",
    "collector fault": "сбой нашего сборщика",
    "single probe": "один зонд",
    "site fault": "сбой сайта",
    DDoS: "атака на сайт",
    "transit filter abroad": "фильтр другой страны по пути",
    "probe update": "обновление зондов",
  },
  rows: {
    id: "Инцидент и версия",
    made: "Как было известно на",
    where: "Где",
    networks: "Сети",
    targets: "Сайты",
    began: "Начало",
    ended: "Конец",
    open: "насколько известно, не закончился",
    detected: "Замечено",
    sure: "Насколько надёжно измерение",
    who: "Кто ответственен",
    witnesses: "Свидетели",
    measurements: "Измерения",
    entries: "Приложенные записи свидетелей",
    controls: "Приложенные контрольные записи",
    excluded: "Измерения, не принятые в расчёт, с причинами",
    everywhere: "везде, где велось наблюдение",
    between: "между {from} и {to}",
    method: "Каким образом",
  },
  notClaimedTitle: "Чего этот отчёт не утверждает",
  notClaimed: [
    "кто отдал распоряжение и было ли оно, если не назван документ",
    "почему что-либо произошло; совпадение по времени не есть причина",
    "чего-либо о местах, сетях и времени, где зондов не было",
  ],
  sections: {
    facts: "Вывод",
    causes: "Другие объяснения, каждое сверено с записями",
    verdicts: "Оценки отдельных измерений",
    coverage: "Кто наблюдал",
    events: "События около этого времени",
    reports: "О чём сообщали другие",
    earlier: "Что говорилось раньше",
    check: "Как это проверить",
    cite: "Как на это ссылаться",
    limits: "Пределы",
  },
  columns: {
    cause: "Объяснение",
    score: "Счёт",
    held: "Сверка с записями",
    reasons: "Доводы",
    verdict: "Оценка",
    count: "Число",
    time: "С",
    least: "Меньше всего",
    most: "Больше всего",
    expected: "Ожидалось",
    what: "Что",
    source: "Источник",
    grade: "Класс",
    witnesses: "Свидетели",
  },
  notes: {
    causes: "Положительный счёт говорит за объяснение, отрицательный против него.",
    events: "Обнаружение никогда не читает этот список. Одновременность не делает событие причиной.",
    reports: "Сообщения стоят отдельно от измерений и не входят в вывод.",
    noData: "нет данных",
    few: "зондов слишком мало, чтобы называть числа",
    none: "Нет.",
    check:
      "Запустите «kuager verify» для этого пакета, сеть не нужна. Файлы VERIFY рассказывают, как проверить его обычными программами.",
    checkKey: "Сравните ключ журнала с полученным другим путём; журнал называется",
    limits:
      "Мало зондов видят мало. Блокировка в одной сети ничего не говорит о другой. Зонды добровольцев могут ошибаться неизвестным нам образом. Все пределы в файле limitations.md.",
    gaps: "В это время сборщик не работал; о нём ничего не известно:",
    singleWitness: "Это видел только один зонд; доказательство содержится в самих измерениях.",
  },
  edition: {
    public:
      "В этом издании то, что можно публиковать: записи под именами, которые меняются каждый день, с их местами в журнале.",
    originals:
      "В этом издании подписанные записи, как их сделали зонды. По ним можно узнать добровольцев: не публикуйте его.",
  },
};

const kk: ReportWords = {
  title: "Оқиға туралы есеп",
  finding: {
    block: "Сайттар әдеттегідей ашылмады; бұл бұғаттауға сәйкес келеді.",
    interception: "Шифрланған қосылымдарда бөтен сертификат болды; бұл ұстап қалуға сәйкес келеді.",
    throttle: "Сайттар сол желілердегі басқалардан әлдеқайда баяу жүктелді; бұл әдейі баяулатуға сәйкес келеді.",
    shutdown: "Байланыс нұсқау бойынша ажыратуға сәйкес келетіндей үзілді.",
    outage: "Байланыс үзілді; нұсқау бойынша ажырату басты түсіндірме емес.",
  },
  confidence: {
    observed: "байқалды: көрінді, бірақ басқа түрдегі жазбамен әлі расталмады",
    probable: "ықтимал: бірнеше тәуелсіз жазба қолдайды",
    confirmed: "расталды: журналдар немесе өлшемдердің ішіндегі дәлел қолдайды",
  },
  attribution: {
    none: "анықталмаған: бұл жазбалар кім жауапты екенін көрсетпейді",
    claimed: "мәлімделген: біреу жауаптыны атады",
    documented: "құжатталған: жауаптыны құжат атайды",
  },
  verdict: { supported: "қолдау тапты", contradicted: "жазбаларға қайшы", untestable: "тексеру мүмкін емес" },
  cause: {
    "ordered cut": "нұсқау бойынша ажырату",
    "power cut": "электр қуатының өшуі",
    "ISP fault": "провайдердегі ақау",
    "collector fault": "біздің жинағыштың ақауы",
    "single probe": "жалғыз зонд",
    "site fault": "сайттың ақауы",
    DDoS: "сайтқа шабуыл",
    "transit filter abroad": "жолдағы басқа елдің сүзгісі",
    "probe update": "зондтардың жаңартылуы",
  },
  rows: {
    id: "Оқиға және нұсқасы",
    made: "Мына сәтте белгілі болғандай",
    where: "Қайда",
    networks: "Желілер",
    targets: "Сайттар",
    began: "Басталуы",
    ended: "Аяқталуы",
    open: "белгілі болғанша, аяқталмаған",
    detected: "Байқалған сәт",
    sure: "Өлшемнің сенімділігі",
    who: "Кім жауапты",
    witnesses: "Куәгерлер",
    measurements: "Өлшемдер",
    entries: "Қоса берілген куәгер жазбалары",
    controls: "Қоса берілген бақылау жазбалары",
    excluded: "Есепке алынбаған өлшемдер, себептерімен",
    everywhere: "бақылау болған барлық жерде",
    between: "{from} мен {to} аралығында",
    method: "Қалай",
  },
  notClaimedTitle: "Бұл есеп нені айтпайды",
  notClaimed: [
    "құжат аталмаса, нұсқауды кім бергенін және оның болған-болмағанын",
    "бірдеңенің неліктен болғанын; уақыттың сәйкес келуі себеп емес",
    "зонд болмаған жерлер, желілер мен уақыт туралы ештеңе",
  ],
  sections: {
    facts: "Қорытынды",
    causes: "Басқа түсіндірмелер, әрқайсысы жазбалармен салыстырылды",
    verdicts: "Жеке өлшемдердің бағалары",
    coverage: "Кім бақылады",
    events: "Сол кездегі оқиғалар",
    reports: "Басқалар не хабарлады",
    earlier: "Бұрын не айтылды",
    check: "Мұны қалай тексеруге болады",
    cite: "Қалай сілтеме жасауға болады",
    limits: "Шектеулер",
  },
  columns: {
    cause: "Түсіндірме",
    score: "Ұпай",
    held: "Жазбалармен салыстыру",
    reasons: "Дәйектер",
    verdict: "Баға",
    count: "Саны",
    time: "Басы",
    least: "Ең аз",
    most: "Ең көп",
    expected: "Күтілген",
    what: "Не",
    source: "Дереккөз",
    grade: "Дәреже",
    witnesses: "Куәгерлер",
  },
  notes: {
    causes: "Оң ұпай түсіндірмені қолдайды, теріс ұпай оған қарсы.",
    events: "Анықтау бұл тізімді ешқашан оқымайды. Бір мезгілде болуы оны себеп етпейді.",
    reports: "Хабарлар өлшемдерден бөлек тұрады және қорытындыға кірмейді.",
    noData: "дерек жоқ",
    few: "санын айту үшін зонд тым аз",
    none: "Жоқ.",
    check:
      "Бұл бумаға «kuager verify» іске қосыңыз, желі керек емес. VERIFY файлдары кәдімгі бағдарламалармен қалай тексеруді айтады.",
    checkKey: "Журнал кілтін басқа жолмен алған кілтпен салыстырыңыз; журналдың аты",
    limits:
      "Зонд аз болса, көретіні де аз. Бір желідегі бұғаттау басқа желі туралы ештеңе айтпайды. Еріктілердің зондтары бізге беймәлім түрде қателесуі мүмкін. Барлық шектеулер limitations.md файлында.",
    gaps: "Бұл уақытта жинағыш жұмыс істемеді; ол туралы ештеңе белгісіз:",
    singleWitness: "Мұны жалғыз зонд көрді; дәлел өлшемдердің өзінде.",
  },
  edition: {
    public: "Бұл басылымда жариялауға болатын жазбалар бар: күн сайын ауысатын аттармен, журналдағы орындарымен.",
    originals:
      "Бұл басылымда зондтар жазған қол қойылған жазбалар бар. Олар еріктілерді көрсетіп қоюы мүмкін: жарияламаңыз.",
  },
};

/** Words of the report by language. */
export const REPORT_WORDS: Readonly<Record<Language, ReportWords>> = { kk, ru, en };
