import { describe, expect, test } from "vitest";
import { pointsOf, scorePage, scoreSilence } from "../../../collector/legal/transparency/score-page.ts";
import { loadBlockPages } from "../../../targets/load.ts";

const MARKS = loadBlockPages();
const page = (text: string, more: Partial<Parameters<typeof scorePage>[0]> = {}) =>
  scorePage({ status: 200, headers: {}, title: null, text, ...more }, MARKS);

const FULL = `Доступ к сайту ограничен по решению суда: Есильский районный суд, решение от 12.03.2026, статья 41-1 закона
«О связи». Решение можно обжаловать в течение месяца. Сайтқа қолжетімділік сот шешімімен шектелген, шағым беруге болады.`;

describe("the transparency of a block page", () => {
  test("is full where it is shown with 451, authority, law and date, appeal, in both languages", () => {
    expect(pointsOf(page(FULL, { status: 451 }))).toBe(6);
  });

  test.each([
    ["status451", { status: 200 }, FULL],
    ["law and date", { status: 451 }, FULL.replace("12.03.2026", "")],
    ["appeal", { status: 451 }, FULL.replace(/Решение можно[^.]*\./, "").replace(/, шағым.*/, "")],
    ["both languages", { status: 451 }, FULL.split("Сайтқа")[0] ?? ""],
    ["authority", { status: 451 }, FULL.replace("по решению суда", "")],
  ] as const)("lacks the point for %s where the page does not tell it", (criterion, more, text) => {
    const criteria = page(text, more);
    expect(criteria[criterion]).toBe(false);
    expect(pointsOf(criteria)).toBe(5);
  });

  test("counts the header by which a 451 page names who blocks", () => {
    const headers = { link: '<https://example.gov.kz>; rel="blocked-by"' };
    expect(page("closed", { status: 451, headers })).toMatchObject({ authority: true, shown: true, appeal: false });
  });

  test("of a bare page is one point, and of silence none", () => {
    expect(pointsOf(page("Access denied"))).toBe(1);
    expect(pointsOf(scoreSilence())).toBe(0);
  });

  test("is not raised by a host's notice that names nobody", () => {
    expect(page("Страница заблокирована")).toMatchObject({ shown: true, authority: false });
  });
});
