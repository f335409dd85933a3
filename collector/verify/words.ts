import type { Language } from "../api/types.ts";
import type { CheckName, Finding } from "./finding.ts";

type Said = Readonly<Record<Finding["state"], string>>;
type Words = {
  readonly states: Said;
  readonly verdict: Readonly<Record<"holds" | "fails", string>>;
  readonly checks: Readonly<Record<CheckName, Said>>;
};

const en: Words = {
  states: { holds: "holds", fails: "FAILS", unjudged: "cannot be judged" },
  verdict: {
    holds: "Nothing that could be checked is wrong.",
    fails: "This was changed, or is not whole. Do not rely on it.",
  },
  checks: {
    form: {
      holds: "The file has the form it should have.",
      fails: "The file has not the form it should have; wrong or missing:",
      unjudged: "The form was not checked.",
    },
    files: {
      holds: "No data file was changed, added or taken away.",
      fails: "Data files were changed, added or taken away:",
      unjudged: "Data files were not compared.",
    },
    tagFiles: {
      holds: "No file beside the data was changed, added or taken away.",
      fails: "Files beside the data were changed, added or taken away:",
      unjudged: "Files beside the data were not compared.",
    },
    signature: {
      holds: "The list of files is signed by the key of the log.",
      fails: "The list of files is not signed by the key of the log:",
      unjudged: "The signature was not checked.",
    },
    key: {
      holds: "The key is the one you gave.",
      fails: "The key in the bundle is not the one you gave:",
      unjudged: "Whose key it is. Get it another way and give it with --key. The bundle names:",
    },
    facts: {
      holds: "incident.json can be read.",
      fails: "incident.json cannot be read:",
      unjudged: "incident.json was not read.",
    },
    derived: {
      holds: "Reports, tables and texts say what incident.json says.",
      fails: "These do not say what incident.json says:",
      unjudged: "Reports: they were made by another version of the program:",
    },
    head: {
      holds: "The head of the log is signed by its key and is the one that the bundle speaks of.",
      fails: "The head of the log is not signed by its key, or is not the one that the bundle speaks of:",
      unjudged: "The head of the log was not checked.",
    },
    keptHead: {
      holds: "The log goes on from the head that was kept.",
      fails: "The log was rewritten: it does not go on from the head that was kept:",
      unjudged: "Whether the log was rewritten for you alone. Compare with a head that others kept (--checkpoint).",
    },
    history: {
      holds: "The log goes on from all earlier heads that are enclosed.",
      fails: "The log does not go on from earlier heads:",
      unjudged: "Earlier heads were not checked.",
    },
    inclusion: {
      holds: "Every enclosed record is in the log at its place. Records:",
      fails: "Records are not in the log as the bundle says:",
      unjudged: "Whether the records are in the log: there is no proof of it here.",
    },
    entries: {
      holds: "Every record is signed by its probe and in its chain. Records, and numbers that are not enclosed:",
      fails: "Records are not signed by their probe, or not in its chain:",
      unjudged: "Signatures and chains of probes: the signed texts are not enclosed.",
    },
    places: {
      holds: "Every record stands in the list where it belongs.",
      fails: "Records stand in a list where they do not belong:",
      unjudged: "Lists were not compared.",
    },
    counts: {
      holds: "The numbers told are those of the enclosed files.",
      fails: "The numbers told are not those of the enclosed files:",
      unjudged: "Numbers were not compared.",
    },
    replay: {
      holds: "Judged again, the records give the same incident.",
      fails: "Judged again, the records do not give what the bundle says:",
      unjudged:
        "Whether the records give the incident: they are not all enclosed, or the rules are of another version.",
    },
    verdicts: {
      holds: "Judged again, the measurements give the same verdicts.",
      fails: "Judged again, measurements give other verdicts:",
      unjudged: "Some verdicts: they rest on records that are not enclosed, or on another version:",
    },
  },
};

const ru: Words = {
  states: { holds: "верно", fails: "НЕВЕРНО", unjudged: "нельзя судить" },
  verdict: {
    holds: "Во всём, что можно было проверить, ошибок нет.",
    fails: "Это было изменено или неполно. Не полагайтесь на это.",
  },
  checks: {
    form: {
      holds: "Файл имеет нужный вид.",
      fails: "Файл не имеет нужного вида; неверно или отсутствует:",
      unjudged: "Вид не проверялся.",
    },
    files: {
      holds: "Ни один файл данных не изменён, не добавлен и не убран.",
      fails: "Файлы данных изменены, добавлены или убраны:",
      unjudged: "Файлы данных не сравнивались.",
    },
    tagFiles: {
      holds: "Ни один файл рядом с данными не изменён, не добавлен и не убран.",
      fails: "Файлы рядом с данными изменены, добавлены или убраны:",
      unjudged: "Файлы рядом с данными не сравнивались.",
    },
    signature: {
      holds: "Список файлов подписан ключом журнала.",
      fails: "Список файлов не подписан ключом журнала:",
      unjudged: "Подпись не проверялась.",
    },
    key: {
      holds: "Ключ тот, что вы дали.",
      fails: "Ключ в пакете не тот, что вы дали:",
      unjudged: "Чей это ключ. Получите его другим путём и укажите в --key. Пакет называет:",
    },
    facts: {
      holds: "incident.json читается.",
      fails: "incident.json не читается:",
      unjudged: "incident.json не читался.",
    },
    derived: {
      holds: "Отчёты, таблицы и тексты говорят то же, что incident.json.",
      fails: "Здесь сказано не то, что в incident.json:",
      unjudged: "Отчёты: они сделаны другой версией программы:",
    },
    head: {
      holds: "Вершина журнала подписана его ключом и та, о которой говорит пакет.",
      fails: "Вершина журнала не подписана его ключом или не та, о которой говорит пакет:",
      unjudged: "Вершина журнала не проверялась.",
    },
    keptHead: {
      holds: "Журнал продолжает сохранённую вершину.",
      fails: "Журнал переписан: он не продолжает сохранённую вершину:",
      unjudged: "Не переписан ли журнал для вас одного. Сравните с вершиной, которую сохранили другие (--checkpoint).",
    },
    history: {
      holds: "Журнал продолжает все приложенные прежние вершины.",
      fails: "Журнал не продолжает прежние вершины:",
      unjudged: "Прежние вершины не проверялись.",
    },
    inclusion: {
      holds: "Каждая приложенная запись есть в журнале на своём месте. Записей:",
      fails: "Записей нет в журнале так, как говорит пакет:",
      unjudged: "Есть ли записи в журнале: доказательства здесь нет.",
    },
    entries: {
      holds: "Каждая запись подписана своим зондом и стоит в его цепочке. Записей, и номера, которых здесь нет:",
      fails: "Записи не подписаны своим зондом или не стоят в его цепочке:",
      unjudged: "Подписи и цепочки зондов: подписанные тексты не приложены.",
    },
    places: {
      holds: "Каждая запись стоит в своём списке.",
      fails: "Записи стоят не в своём списке:",
      unjudged: "Списки не сравнивались.",
    },
    counts: {
      holds: "Названные числа те же, что в приложенных файлах.",
      fails: "Названные числа не те, что в приложенных файлах:",
      unjudged: "Числа не сравнивались.",
    },
    replay: {
      holds: "Оценённые заново, записи дают тот же инцидент.",
      fails: "Оценённые заново, записи дают не то, что говорит пакет:",
      unjudged: "Дают ли записи этот инцидент: приложены не все, или правила другой версии.",
    },
    verdicts: {
      holds: "Оценённые заново, измерения дают те же оценки.",
      fails: "Оценённые заново, измерения дают другие оценки:",
      unjudged: "Часть оценок: они опираются на записи, которых здесь нет, или на другую версию:",
    },
  },
};

const kk: Words = {
  states: { holds: "дұрыс", fails: "ДҰРЫС ЕМЕС", unjudged: "айту мүмкін емес" },
  verdict: {
    holds: "Тексеруге болатынның бәрінде қате жоқ.",
    fails: "Бұл өзгертілген немесе толық емес. Бұған сенбеңіз.",
  },
  checks: {
    form: {
      holds: "Файлдың түрі дұрыс.",
      fails: "Файлдың түрі дұрыс емес; қате немесе жоқ:",
      unjudged: "Түрі тексерілмеді.",
    },
    files: {
      holds: "Ешбір дерек файлы өзгертілмеген, қосылмаған, алынбаған.",
      fails: "Дерек файлдары өзгертілген, қосылған немесе алынған:",
      unjudged: "Дерек файлдары салыстырылмады.",
    },
    tagFiles: {
      holds: "Деректер жанындағы ешбір файл өзгертілмеген, қосылмаған, алынбаған.",
      fails: "Деректер жанындағы файлдар өзгертілген, қосылған немесе алынған:",
      unjudged: "Деректер жанындағы файлдар салыстырылмады.",
    },
    signature: {
      holds: "Файлдар тізіміне журнал кілтімен қол қойылған.",
      fails: "Файлдар тізіміне журнал кілтімен қол қойылмаған:",
      unjudged: "Қолтаңба тексерілмеді.",
    },
    key: {
      holds: "Кілт сіз берген кілт.",
      fails: "Бумадағы кілт сіз берген кілт емес:",
      unjudged: "Бұл кімнің кілті. Оны басқа жолмен алып, --key арқылы беріңіз. Бума атайтыны:",
    },
    facts: { holds: "incident.json оқылады.", fails: "incident.json оқылмайды:", unjudged: "incident.json оқылмады." },
    derived: {
      holds: "Есептер, кестелер мен мәтіндер incident.json айтқанды айтады.",
      fails: "Мыналар incident.json айтқанды айтпайды:",
      unjudged: "Есептер: оларды бағдарламаның басқа нұсқасы жасаған:",
    },
    head: {
      holds: "Журналдың басына оның кілтімен қол қойылған, және ол бума айтқан бас.",
      fails: "Журналдың басына оның кілтімен қол қойылмаған немесе ол бума айтқан бас емес:",
      unjudged: "Журналдың басы тексерілмеді.",
    },
    keptHead: {
      holds: "Журнал сақталған бастың жалғасы.",
      fails: "Журнал қайта жазылған: ол сақталған бастың жалғасы емес:",
      unjudged: "Журнал тек сіз үшін қайта жазылды ма. Басқалар сақтаған баспен салыстырыңыз (--checkpoint).",
    },
    history: {
      holds: "Журнал қоса берілген бұрынғы бастардың бәрінің жалғасы.",
      fails: "Журнал бұрынғы бастардың жалғасы емес:",
      unjudged: "Бұрынғы бастар тексерілмеді.",
    },
    inclusion: {
      holds: "Қоса берілген әр жазба журналда өз орнында. Жазба саны:",
      fails: "Жазбалар журналда бума айтқандай емес:",
      unjudged: "Жазбалар журналда бар ма: мұнда дәлел жоқ.",
    },
    entries: {
      holds: "Әр жазбаға өз зонды қол қойған, ол тізбегінде тұр. Жазба саны және мұнда жоқ нөмірлер:",
      fails: "Жазбаларға өз зонды қол қоймаған немесе олар тізбегінде емес:",
      unjudged: "Зондтардың қолтаңбалары мен тізбектері: қол қойылған мәтіндер қоса берілмеген.",
    },
    places: {
      holds: "Әр жазба өз тізімінде тұр.",
      fails: "Жазбалар өз тізімінде емес:",
      unjudged: "Тізімдер салыстырылмады.",
    },
    counts: {
      holds: "Айтылған сандар қоса берілген файлдардағыдай.",
      fails: "Айтылған сандар қоса берілген файлдардағыдай емес:",
      unjudged: "Сандар салыстырылмады.",
    },
    replay: {
      holds: "Қайта бағаланғанда жазбалар сол оқиғаны береді.",
      fails: "Қайта бағаланғанда жазбалар бума айтқанды бермейді:",
      unjudged: "Жазбалар осы оқиғаны бере ме: бәрі қоса берілмеген немесе ережелер басқа нұсқада.",
    },
    verdicts: {
      holds: "Қайта бағаланғанда өлшемдер сол бағаларды береді.",
      fails: "Қайта бағаланғанда өлшемдер басқа баға береді:",
      unjudged: "Кейбір бағалар: олар мұнда жоқ жазбаларға немесе басқа нұсқаға сүйенеді:",
    },
  },
};

const WORDS: Readonly<Record<Language, Words>> = { kk, ru, en };

/** All findings for a person, and the sum of them. */
export function findingsText(findings: readonly Finding[], language: Language): string {
  const { states, verdict, checks } = WORDS[language];
  const lines = findings.flatMap(({ check, state, about }) => [
    `${states[state]}: ${checks[check][state]}`,
    ...about.map((item) => `    ${printable(item)}`),
  ]);
  const sum = findings.some(({ state }) => state === "fails") ? verdict.fails : verdict.holds;
  return `${[...lines, "", sum].join("\n")}\n`;
}

/** What a file brings must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "?").slice(0, 300);
}
