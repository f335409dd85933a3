import type { PageCatalogue } from "./en-pages.ts";

/** Kazakh texts of the pages about one incident and about sites. */
export const kkPages: PageCatalogue = {
  "incident.more": "Инцидент туралы бәрі",
  "incident.open": "жалғасуда, біз білетіндей",
  "incident.this": "Осы инцидент",
  "incident.facts": "Не, қайда, қашан",
  "incident.sites": "Сайттар",
  "incident.startUnknown": "Бақылау басталғанда осылай болатын: бұл алғаш байқалған уақыт, нақты басталуы одан бұрын.",
  "incident.parts": "Әр желі, өңір және сайт жеке-жеке",
  "incident.parts.caption": "Әрқайсысының өз басталуы мен аяқталуы",
  "incident.parts.what": "Қайда және не",
  "incident.cause":
    "Алда тұрған түсіндірме: {cause}. Ол қалғандарынан кемінде 20-ға 1 есе басым; бұл жазбалардың салмағы, дәлел емес.",
  "incident.reason": "Бұл нұсқада не өзгерді",
  "incident.episode": "Мынадан басталған оқиғаның бөлігі",
  "incident.endUnknown": "Содан бері өлшеу мүмкін болмады: нақты аяқталуы кейінірек болуы мүмкін.",
  "incident.sure": "Қаншалықты сенімдіміз және неге сүйенеміз",
  "incident.sure.block.observed":
    "Байқалған: аз өлшегіш көрді немесе көргенінің өз ішінде дәлелі жоқ. Кейін басқаша болып шығуы мүмкін.",
  "incident.sure.block.probable": "Ықтимал: осы жердегі бірнеше өлшегіш қайта-қайта бір нәрсені көрді.",
  "incident.sure.block.confirmed":
    "Расталған: кемінде үш өлшегіш бір нәрсені тәуелсіз көрді немесе екеуінің әрқайсысында техникалық дәлел бар.",
  "incident.sure.throttle.observed":
    "Байқалған: сайт жолы басқа болуы мүмкін бақылау сайтынан баяу, кептеліс жоққа шығарылмаған.",
  "incident.sure.throttle.probable":
    "Ықтимал: сайт сол немесе көршілес мекенжайдағы бақылау сайтынан баяу, бір желіде және аз өлшегіште.",
  "incident.sure.throttle.confirmed":
    "Расталған: сайт сол немесе көршілес мекенжайдағы бақылау сайтынан баяу, бірнеше желіде немесе кемінде бес өлшегіште.",
  "incident.sure.loss.observed":
    "Байқалған: өлшегіштер бірге үнсіз қалды. Олардың журналдары не көргенін әлі айтқан жоқ.",
  "incident.sure.loss.probable":
    "Ықтимал: кейін келген журналдар үнсіз қалған желілердің бір бөлігі туралы соны айтады.",
  "incident.sure.loss.confirmed":
    "Расталған: байланыс жоқта жазылған кемінде үш өлшегіштің журналы бір нәрсені айтады.",
  "incident.sure.scale":
    "Бұл – не өлшенгені туралы. Кім жауапты екені – басқа шкала, мұнда ол бос: ештеңе тұжырымдамаймыз.",
  "incident.around.title": "Кім бақылады, дейін және кейін",
  "incident.around.note":
    "Байланыстағы өлшегіштер: {place}, {network}. Басталардан бір тәулік бұрын, аяқталған соң бір тәулік.",
  "incident.events": "Уақыты жақын оқиғалар",
  "incident.causes.caption": "Жазбалармен салыстырылған әр түсіндірме",
  "incident.causes.what": "Түсіндірме",
  "incident.causes.verdict": "Жазбалар не дейді",
  "incident.causes.why": "Неге сүйеніп",
  "incident.causes.none": "Мұндай инцидентке түсіндірмелер тексерілмеген.",
  "incident.causes.noReasons": "негіздер жазылмаған",
  "incident.causes.english": "Негіздерді ережелер ағылшынша жазады.",
  "incident.notClaimed": "Біз нені тұжырымдамаймыз",
  "incident.notClaimed.who": "Мұны кім жасағанын және кімнің бұйрығымен екенін.",
  "incident.notClaimed.why": "Неліктен болғанын. Оқиғалар қасында тек уақыты бойынша тұр.",
  "incident.notClaimed.all":
    "Сол жердегі барлық адамда осылай болғанын: еріктілердің өлшегіші аз, олар жеребемен таңдалмаған.",
  "incident.notClaimed.pages": "Бұл сайттың әр бетіне және оған апарар әр жолға қатысты екенін.",
  "incident.notClaimed.elsewhere": "Ешкім бақыламаған жерде ештеңе болмағанын.",
  "incident.earlier": "Бұрын қалай белгілі болғаны",
  "incident.earlier.caption": "Осы инцидент туралы білімнің бұрынғы күйлері",
  "incident.earlier.when": "Белгілі болған сәт",
  "incident.earlier.none": "Байқалғаннан кейін тексерілген сәттерде ол осында көрсетілгендей белгілі болған.",
  "incident.earlier.past": "Мұнда {when} сәтінде белгілі болғаны.",
  "incident.earlier.latest": "Қазір не белгілі",
  "incident.cite": "Қалай сілтеме жасау керек",
  "incident.cite.text":
    "Kuager, {id} инциденті: {headline}. Басталуы: {start}. Білім күйі {asOf}, ережелер {rules}. {address} (лицензиясы {license})",
  "incident.cite.note":
    "Мекенжайдың алдына осы сервердің атын қойыңыз. Мекенжай инцидентті сол кезде белгілі болғандай сақтайды. Журналдар келген сайын өлшегіш пен өлшем саны өсуі мүмкін.",
  "incident.records": "Жазбалар",
  "incident.records.own": "осы инцидент",
  "incident.records.verdicts": "жеке өлшемдер туралы қорытындылар, бір сағат бұрыннан бір сағат кейінге дейін",
  "incident.records.presence": "уақыт бойынша байланыстағы өлшегіштер",

  "sites.title": "Өлшенетін сайттар мен сервистер",
  "sites.lead":
    "{count, plural, one {# сайт не сервис өлшенеді} other {# сайт пен сервис өлшенеді}}; араласуға ұқсас көрініс қазір кемінде бір желіде {odd, plural, =0 {ешқайсысында байқалмайды} one {# сайтта байқалады} other {# сайтта байқалады}}.",
  "sites.category": "Санат",
  "sites.allCategories": "Барлық санат",
  "sites.none": "Бұл санаттағы сайт өлшенбейді.",
  "sites.caption": "Сайт пен желі бойынша соңғы қорытынды, екі сағаттан",
  "sites.words": "Сөздер нені білдіреді",
  "sites.inList": "Тізімде: {count}",
  "site.now.odd": "{site}: әдеттегідей емес – {list}.",
  "site.now.ok":
    "{site}: соңғы екі сағатта өлшенген {count, plural, one {# желіде} other {барлық # желіде}} әдеттегідей ашылады.",
  "site.now.unknown": "{site}: соңғы екі сағатта өлшенген жоқ.",
  "site.now.item": "{network}: {finding}",
  "site.days": "Күн сайын",
  "site.days.note":
    "Әр шаршы – бір тәулік (UTC). Төменнен толтырылғаны: араласуды тапқан өлшемдердің үлесі. Сызықшалы: өлшенбеген.",
  "site.days.label":
    "{network}: өлшенген {measured, plural, one {# күннің} other {# күннің}} {bad} күнінде араласу табылды.",
  "site.days.caption": "Күн мен желі бойынша қорытындылар",
  "site.days.day": "Күн (UTC)",
  "site.days.none": "Бұл күндері ештеңе өлшенген жоқ.",
  "site.days.few": "Бір-екі өлшегіш қана белгілі жерде сан берілмейді.",
  "site.incidents": "Инциденттер",
  "site.incidents.none": "Бұл сайттың инциденті табылған жоқ.",
  "site.reports.none": "Бұл сайт туралы хабар жоқ.",
  "site.about": "Неге тізімде тұр",
  "site.address": "Мекенжайы",
  "site.hosted": "Орналасқан елі",
  "site.hosted.unknown": "белгісіз",
  "site.how": "Қалай өлшенеді",
  "site.how.web": "сайт: атауы, қосылым, шифрлау, бет",
  "site.how.im": "мессенджер: өз мекенжайлары мен порттары",
  "site.why": "Негізі (ағылшынша)",

  "category.independent-media": "тәуелсіз БАҚ",
  "category.foreign-media": "шетелдік БАҚ",
  "category.state-media": "мемлекеттік БАҚ",
  "category.mainstream-media": "ірі БАҚ",
  "category.regional-media": "өңірлік БАҚ",
  "category.human-rights": "адам құқықтары",
  "category.social": "әлеуметтік желілер",
  "category.messenger": "мессенджерлер",
  "category.search-mail": "іздеу және пошта",
  "category.shortener": "сілтеме қысқартқыштар",
  "category.international-organisation": "халықаралық ұйымдар",
  "category.e-service": "күнделікті қызметтер",
  "category.archive": "мұрағаттар",
  "category.circumvention": "бұғаттауды айналып өту құралдары",
  "category.fact-checking": "фактілерді тексеру",
  "category.other": "басқа",
};
