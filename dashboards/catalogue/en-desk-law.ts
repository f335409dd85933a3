/** English texts of statements and legal basis in the administration. */
export const enDeskLaw = {
  "desk.statements.dek":
    "Who said what of a disruption, with its source. What is said stands beside what was measured, and never changes it.",
  "desk.statements.add": "Record a statement",
  "desk.statements.changeTitle": "Change a statement",
  "desk.statements.formDek":
    "Name the office, and a person only where they spoke for it in public. Our summary says what was said and nothing about whether it is true. A change is kept as a further revision.",
  "desk.statements.none": "No statement is on record.",
  "desk.statements.caption": "Statements, latest first",
  "desk.statements.speaker": "Who said it",
  "desk.statements.speakerHint": "Office or organisation",
  "desk.statements.body": "What it is",
  "desk.statements.at": "When it was said",
  "desk.statements.claim": "What it does",
  "desk.statements.cause": "Explanation that it gives",
  "desk.statements.noCause": "none of these",
  "desk.statements.from": "Of the time from (may stay empty)",
  "desk.statements.to": "to (may stay empty)",
  "desk.statements.summary": "What was said",
  "desk.statements.summaryIn": "Our summary ({language})",
  "desk.legal.dek":
    "What is known of the legal basis of the block of a site, or of an incident. “None known” says that somebody looked and found none, never that there is none.",
  "desk.legal.set": "Record what is known",
  "desk.legal.known": "Known now",
  "desk.legal.versions":
    "{count, plural, one {# version} other {# versions}} in all; what is set anew is the next version.",
  "desk.legal.caption": "The newest version of each record",
  "desk.legal.subject": "Site or number",
  "desk.legal.subjectHint": "Such as orda.kz or KZ-2026-0042",
  "desk.legal.basis": "Basis",
  "desk.legal.basisHint": "“None known” only after somebody looked",
  "desk.legal.authority": "Who decided, as the document names it",
  "desk.legal.statute": "Law and article",
  "desk.legal.title": "Document",
  "desk.legal.number": "Its number",
  "desk.legal.date": "Its date",
  "desk.legal.url": "Its address",
  "desk.legal.sha256": "SHA-256 of the copy that you keep",
  "desk.legal.remedy": "How far a remedy has gone",
  "desk.legal.source": "Where this is known from",
  "desk.legal.paper": "What it rests on",
  "desk.legal.recorded": "Recorded",
} as const satisfies Record<string, string>;

/** What every language must say of them. */
export type DeskLawCatalogue = Readonly<Record<keyof typeof enDeskLaw, string>>;
