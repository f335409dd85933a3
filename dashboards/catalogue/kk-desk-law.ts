import type { DeskLawCatalogue } from "./en-desk-law.ts";

/** Kazakh texts of statements and legal basis in the administration. */
export const kkDeskLaw: DeskLawCatalogue = {
  "desk.statements.dek":
    "Ақау туралы кім не айтты, дереккөзімен. Айтылған сөз өлшенген нәрсенің жанында тұрады, оны ешқашан өзгертпейді.",
  "desk.statements.add": "Мәлімдеме жазу",
  "desk.statements.changeTitle": "Мәлімдемені өзгерту",
  "desk.statements.formDek":
    "Мекемені атаңыз, ал адамды – мекеме атынан көпшілікке сөйлегенде ғана. Біздің мазмұндауымыз не айтылғанын жеткізеді, рас-өтірігін айтпайды. Өзгеріс жаңа редакция болып сақталады.",
  "desk.statements.none": "Жазылған мәлімдеме жоқ.",
  "desk.statements.caption": "Мәлімдемелер, соңғысы жоғарыда",
  "desk.statements.speaker": "Кім айтты",
  "desk.statements.speakerHint": "Мекеме немесе ұйым",
  "desk.statements.body": "Ол кім",
  "desk.statements.at": "Қашан айтылды",
  "desk.statements.claim": "Не мәлімдейді",
  "desk.statements.cause": "Қандай түсіндірме береді",
  "desk.statements.noCause": "бұлардың ешқайсысы",
  "desk.statements.from": "Қай уақыттан (бос қалуы мүмкін)",
  "desk.statements.to": "қай уақытқа дейін (бос қалуы мүмкін)",
  "desk.statements.summary": "Не айтылды",
  "desk.statements.summaryIn": "Біздің мазмұндауымыз ({language})",
  "desk.legal.dek":
    "Сайтты бұғаттаудың немесе инциденттің құқықтық негізі туралы не белгілі. «Табылмады» деген іздеп таппағанды білдіреді, негіз жоқ дегенді емес.",
  "desk.legal.set": "Белгілісін жазу",
  "desk.legal.known": "Қазір белгілісі",
  "desk.legal.versions":
    "Барлығы {count, plural, one {# нұсқа} other {# нұсқа}}; жаңадан жазылғаны келесі нұсқа болады.",
  "desk.legal.caption": "Әр жазбаның соңғы нұсқасы",
  "desk.legal.subject": "Сайт немесе нөмір",
  "desk.legal.subjectHint": "Мысалы orda.kz немесе KZ-2026-0042",
  "desk.legal.basis": "Негізі",
  "desk.legal.basisHint": "«Табылмады» – біреу іздегеннен кейін ғана",
  "desk.legal.authority": "Кім шешті, құжатта аталғандай",
  "desk.legal.statute": "Заңы мен бабы",
  "desk.legal.title": "Құжат",
  "desk.legal.number": "Оның нөмірі",
  "desk.legal.date": "Оның күні",
  "desk.legal.url": "Оның мекенжайы",
  "desk.legal.sha256": "Сіз сақтайтын көшірменің SHA-256 мәні",
  "desk.legal.remedy": "Шағымдану қай жерге жетті",
  "desk.legal.source": "Бұл қайдан белгілі",
  "desk.legal.paper": "Неге негізделген",
  "desk.legal.recorded": "Жазылған уақыты",
};
