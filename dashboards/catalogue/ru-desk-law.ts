import type { DeskLawCatalogue } from "./en-desk-law.ts";

/** Russian texts of statements and legal basis in the administration. */
export const ruDeskLaw: DeskLawCatalogue = {
  "desk.statements.dek":
    "Кто и что сказал о сбое, с источником. Сказанное стоит рядом с измеренным и никогда его не меняет.",
  "desk.statements.add": "Записать заявление",
  "desk.statements.changeTitle": "Изменить заявление",
  "desk.statements.formDek":
    "Называйте ведомство, а человека – только если он говорил за него публично. Наш пересказ передаёт, что сказано, и не судит, верно ли это. Изменение хранится как новая редакция.",
  "desk.statements.none": "Заявлений не записано.",
  "desk.statements.caption": "Заявления, последние сверху",
  "desk.statements.speaker": "Кто сказал",
  "desk.statements.speakerHint": "Ведомство или организация",
  "desk.statements.body": "Кто это",
  "desk.statements.at": "Когда сказано",
  "desk.statements.claim": "Что заявлено",
  "desk.statements.cause": "Какое объяснение дано",
  "desk.statements.noCause": "никакого из этих",
  "desk.statements.from": "О времени с (можно не указывать)",
  "desk.statements.to": "по (можно не указывать)",
  "desk.statements.summary": "Что сказано",
  "desk.statements.summaryIn": "Наш пересказ ({language})",
  "desk.legal.dek":
    "Что известно о правовом основании блокировки сайта или инцидента. «Не найдено» значит, что искали и не нашли, но не то, что его нет.",
  "desk.legal.set": "Записать, что известно",
  "desk.legal.known": "Известно сейчас",
  "desk.legal.versions":
    "Всего {count, plural, one {# версия} few {# версии} many {# версий} other {# версии}}; новая запись станет следующей версией.",
  "desk.legal.caption": "Последняя версия каждой записи",
  "desk.legal.subject": "Сайт или номер",
  "desk.legal.subjectHint": "Например orda.kz или KZ-2026-0042",
  "desk.legal.basis": "Основание",
  "desk.legal.basisHint": "«Не найдено» – только если кто-то искал",
  "desk.legal.authority": "Кто решил, как назван в документе",
  "desk.legal.statute": "Закон и статья",
  "desk.legal.title": "Документ",
  "desk.legal.number": "Его номер",
  "desk.legal.date": "Его дата",
  "desk.legal.url": "Его адрес",
  "desk.legal.sha256": "SHA-256 копии, которую вы храните",
  "desk.legal.remedy": "Как далеко зашло обжалование",
  "desk.legal.source": "Откуда это известно",
  "desk.legal.paper": "На чём основано",
  "desk.legal.recorded": "Записано",
};
