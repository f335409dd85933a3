import { describe, expect, it } from "vitest";
import { daysBetween } from "../../dashboards/chart/day-strip.ts";
import { pages } from "../../dashboards/pages.ts";
import { dayResult } from "../../dashboards/words/day-result.ts";
import { textOf } from "./markup.ts";
import { TARGET_VIEWS, TARGETS_VIEWS } from "./views.ts";

describe("the page of all sites", () => {
  const page = pages.targets(TARGETS_VIEWS.all, "en");

  it("shows sites with interference first, each leading to its own page", () => {
    const sites = [...page.matchAll(/<th scope="row"><a href="\/en\/targets\/([^"]+)"/g)].map(([, site]) => site);
    expect(sites).toHaveLength(22);
    expect(sites.slice(0, 3)).toEqual(["orda.kz", "x.com", "adilsoz.kz"]);
  });

  it("filters by category with a plain form that keeps what was chosen", () => {
    expect(page).toContain('<form class="filter" method="get" action="/en/targets" ');
    const some = pages.targets(TARGETS_VIEWS.oneCategory, "ru");
    expect(some).toContain('<option value="messenger" selected>мессенджеры</option>');
    expect(some).toContain('href="/kk/targets?category=messenger&amp;changed=7d" lang="kk"');
    expect(textOf(some)).toContain("Ни об одном измерении за последние два часа пока нет заключения");
  });

  it("names a site whose id has a slash by one part of a path", () => {
    const [first] = TARGETS_VIEWS.all.targets;
    const view = { ...TARGETS_VIEWS.all, targets: first === undefined ? [] : [{ ...first, id: "example.org/page" }] };
    expect(pages.targets(view, "en")).toContain('href="/en/targets/example.org%2Fpage"');
  });
});

describe("the page of one site", () => {
  const page = pages.target(TARGET_VIEWS.blocked, "en");
  const text = textOf(page);

  it("says in its first line what the site does now, and where", () => {
    expect(text).toContain("orda.kz: not as usual on Kazakhtelecom (silence at the name).");
    expect(textOf(pages.target(TARGET_VIEWS.nothingKnown, "en"))).toContain(
      "signal.org: not measured in the last two hours.",
    );
  });

  it("draws each day of each network, hatched where nothing was measured, and gives the same as a table", () => {
    expect(page.match(/<svg class="days"/g)).toHaveLength(3);
    expect(page.match(/<rect fill="url\(#hatch\)"/g)).toHaveLength(3);
    expect(page).toContain('aria-label="Kazakhtelecom: interference found on 11 of 29 days measured."');
  });

  it("tells like days in one line of the table, with the sum of their judgements", () => {
    expect(text).toMatch(/18 November 2026 – 21 November 2026 ⊘ silence at the name 1100 of 1200/);
    expect(text).toMatch(/3 November 2026 not measured not measured not measured/);
  });

  it("answers what was found on the day that was asked for, with the records of that day", () => {
    expect(text).toContain(
      "orda.kz on 20 November 2026: signs of interference on Kazakhtelecom (silence at the name).",
    );
    expect(page).toContain(
      'href="/api/v1/measurements.csv?from=2026-11-20T00:00:00Z&amp;to=2026-11-21T00:00:00Z&amp;target=orda.kz&amp;limit=1000"',
    );
    expect(textOf(pages.target(TARGET_VIEWS.nothingKnown, "en"))).toContain(
      "signal.org on 4 January 2022: not measured, so nothing can be said.",
    );
  });

  it("does not call a day one with signs for single judgements while no incident was open", () => {
    const few = { day: "2026-11-12", asn: 9198, codes: { ok: 95, dns_tamper: 2 } };
    const days = [few, { ...few, day: "2026-11-13", codes: { ok: 80, dns_tamper: 20 } }];
    const told = textOf(pages.target({ ...TARGET_VIEWS.blocked, days, incidents: [], asked: null }, "en"));
    expect(told).toContain("signs of interference on 1 day of these, on 1 of 1 network.");
    expect(told).toContain("12 November 2026 ✓ opens false address: 2 of 97");
    expect(told).toContain("13 November 2026 ⊘ false address 20 of 100");
  });

  it("tells that it opened again in the same manner as that it was blocked", () => {
    expect(text).toMatch(/⊘ signs of blocking began Blocking · address closed 20 November 2026, 14:02–14:11/);
    expect(text).toMatch(/✓ opens again as usual after 6 h 29 min – 6 h 53 min 20 November 2026, 20:40–20:55/);
  });

  it("gives no numbers of a network with one or two probes", () => {
    expect(text).toContain("Where one or two probes are known, no numbers are given.");
    expect(text).toContain("Tele2 ✓ opens 1–2 probes 1–2 known");
    expect(text).not.toMatch(/reset at the name \d+ of/);
  });

  it("says why the site is in the list and gives addresses as text", () => {
    expect(text).toContain("Reported unreachable in an invented year.");
    expect(page).not.toContain('href="https://');
  });
});

describe("a day", () => {
  it("amounts to its most frequent interference, the graver of two, else to what was found most often", () => {
    expect(dayResult({ codes: { ok: 90, tls_reset: 2, tls_drop: 1 } })).toMatchObject({
      worst: { code: "tls_reset", count: 2 },
      all: 93,
      bad: 3,
    });
    expect(dayResult({ codes: { tls_reset: 2, tls_drop: 2 } })).toMatchObject({ worst: { code: "tls_drop" } });
    expect(dayResult({ codes: { ok: 90, inconclusive: 8 } })).toMatchObject({
      worst: { code: "ok", count: 90 },
      share: 0,
    });
    expect(dayResult({ codes: {} })).toMatchObject({ worst: undefined, share: 0 });
  });

  it("is counted on both ends, over months and leap years", () => {
    expect(daysBetween("2024-02-28", "2024-03-01")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
    expect(daysBetween("2026-01-02", "2026-01-01")).toEqual([]);
  });
});
