import type { BlockPage } from "../../../targets/schema.ts";
import { CRITERIA, type Criterion } from "../../api/legal-types.ts";

/** A page that came in place of a site, as a probe kept it. */
export type SeenPage = {
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly title: string | null;
  readonly text: string;
};

const LAW =
  /\b(?:law|article|act|decision|ruling|order)\b|закон|кодекс|стат(?:ья|ьи|ье|ьёй)|ст\.\s*\d|решени[ея]|постановлени|предписани|заң|бап|бабы|кодексі|шешім|қаулы|ұйғарым/iu;
const DATE =
  /\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b|\b\d{1,2}\s+(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\p{L}*\s+(?:19|20)\d{2}|(?:19|20)\d{2}\s*(?:ж\.|жыл)/iu;
const APPEAL = /\bappeal|\bcomplain|обжалова|жалоб|апелляци|шағым|апелляция/iu;
const KAZAKH = /[әғқңөұүһі]/iu;
const RUSSIAN_WORD =
  /(?:^|[^\p{L}])(?:доступ|сайт|ресурс|ограничен\p{L}*|заблокирован\p{L}*|решени\p{L}*|в соответствии|закон\p{L}*)(?:$|[^\p{L}])/iu;
const BLOCKED_BY = /rel="?blocked-by/i;

/**
 * What a page tells its reader of the block, point by point. Only what stands on it counts; a mark of the data files may
 * know which authority a page speaks for.
 */
export function scorePage(page: SeenPage, marks: readonly BlockPage[]): Record<Criterion, boolean> {
  const text = `${page.title ?? ""}\n${page.text}`;
  const authority = BLOCKED_BY.test(page.headers.link ?? "") || marks.some((mark) => namesAuthority(mark, page, text));
  return {
    shown: true,
    status451: page.status === 451,
    authority,
    "law and date": LAW.test(text) && DATE.test(text),
    appeal: APPEAL.test(text),
    "both languages": KAZAKH.test(text) && RUSSIAN_WORD.test(text),
  };
}

/** No page at all: nothing is told, and every point is lost. */
export function scoreSilence(): Record<Criterion, boolean> {
  return {
    shown: false,
    status451: false,
    authority: false,
    "law and date": false,
    appeal: false,
    "both languages": false,
  };
}

/** Points of six. */
export function pointsOf(criteria: Readonly<Record<Criterion, boolean>>): number {
  return CRITERIA.filter((criterion) => criteria[criterion]).length;
}

function namesAuthority({ authority, match }: BlockPage, { status }: SeenPage, text: string): boolean {
  if (authority === null || (match.status !== null && match.status !== status)) return false;
  const holds = (wanted: string | null) => wanted === null || text.toLowerCase().includes(wanted.toLowerCase());
  return (match.title ?? match.bodyContains) !== null && holds(match.title) && holds(match.bodyContains);
}
