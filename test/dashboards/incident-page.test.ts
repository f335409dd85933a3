import { describe, expect, it } from "vitest";
import type { IncidentView } from "../../collector/api/types.ts";
import { pages } from "../../dashboards/pages.ts";
import { textOf } from "./markup.ts";
import { AS_OF, shift } from "./view-parts.ts";
import { INCIDENT_VIEWS, NOW_VIEWS, TIMELINE_VIEWS } from "./views.ts";

const en = (view: IncidentView) => pages.incident(view, "en");

describe("the page of an incident", () => {
  const page = en(INCIDENT_VIEWS.cityCut);
  const text = textOf(page);

  it("says what, where and when, in local time as it was valid then and in UTC", () => {
    expect(text).toContain("Almaty: the internet was cut off");
    expect(text).toContain("Began 5 January 2022, 16:30–16:41 (UTC+6) = 10:30–10:41 UTC");
    expect(text).toContain("Lasted 10 h 9 min – 10 h 40 min");
  });

  it.each([
    ["en", ", or earlier"],
    ["ru", " или раньше"],
    ["kk", " немесе одан бұрын"],
  ] as const)(
    "says in %s wherever it may be quoted alone that a start is only the first sighting",
    (language, words) => {
      const unknown = pages.incident(INCIDENT_VIEWS.asKnownThen, language);
      expect(/<meta name="description" content="([^"]*)"/.exec(unknown)?.[1]).toContain(words);
      expect(/<blockquote class="cite">([^<]*)</.exec(unknown)?.[1]).toContain(words);
      expect(pages.incident(INCIDENT_VIEWS.cityCut, language)).not.toContain(words);
    },
  );

  it("says how sure that is and why, and keeps who did it apart", () => {
    expect(text).toContain("Confirmed: the journals of at least three probes");
    expect(text).toContain("Who is responsible □□ not established No claim is made");
    expect(text).toContain("What is not claimed Who did it, or by what order.");
  });

  it("gives every rival explanation what it foretells, its verdict and its grounds", () => {
    expect(text).toMatch(
      /power cut Hosts start anew afterwards; [^✕]+ ✕ contradicted by the records 9 of 11 hosts kept running/,
    );
    expect(text).toMatch(/attack that floods the site \? cannot be tested no grounds on record/);
  });

  it("tells events near it by their distance in time alone", () => {
    expect(text).toContain("This incident began between 12 minutes and 23 minutes after the start");
    expect(text).toContain("This incident began on that day");
  });

  it("leads to how it was known earlier, and counts no witnesses where they were one or two", () => {
    expect(page).toContain('href="/en/i/KZ-2022-0001?as_of=2022-01-05T10:43:00Z"');
    expect(text).toMatch(/10:43 UTC ●○○ observed \(1 of 3\) 1–2 probes open/);
  });

  it("can be cited by number, state of knowledge and rules", () => {
    expect(text).toContain("State of knowledge 2026-11-21T18:40:00.000Z, rules 2026-11-01.");
    expect(text).toContain("/en/i/KZ-2022-0001?as_of=2026-11-21T18:40:00Z");
  });

  it("has its records as JSON and CSV", () => {
    expect(page).toContain('href="/api/v1/incidents?id=KZ-2022-0001"');
    expect(page).toContain('href="/api/v1/incidents.csv?id=KZ-2022-0001&amp;limit=1000"');
    expect(en(INCIDENT_VIEWS.openBlock)).toMatch(
      /href="\/api\/v1\/verdicts\.csv\?region=KZ-75&amp;asn=9198&amp;[^"]+target=orda/,
    );
  });

  it("says when it shows an earlier state of knowledge, keeps it in every language, and leads to the latest", () => {
    const then = pages.incident(INCIDENT_VIEWS.asKnownThen, "ru");
    expect(textOf(then)).toContain("Здесь то, что было известно на 5 января 2022 г., 18:00 (UTC+6) = 12:00 UTC");
    expect(then).toContain('href="/kk/i/KZ-2022-0003?as_of=2022-01-05T12:00:00Z" lang="kk"');
    expect(then).toContain('href="/ru/i/KZ-2022-0003">');
  });

  it("says that the true start lies before the first sighting where it was so when watching began", () => {
    expect(textOf(en(INCIDENT_VIEWS.asKnownThen))).toContain("It was so when watching began");
    expect(text).not.toContain("It was so when watching began");
  });
});

describe("an incident of slowing down", () => {
  const slow = INCIDENT_VIEWS.asKnownThen;
  it.each([
    ["goodput", "The site loads far slower than a control site"],
    ["handshake", "Connections to the site take far longer to begin"],
  ])("seen by its %s is told in words, with its own grounds of confidence", (method, says) => {
    const text = textOf(en({ ...slow, incident: { ...slow.incident, method } }));
    expect(text).toContain(says);
    expect(text).toContain("so that congestion is not ruled out");
  });

  it("says so where its end is only the last that was seen", () => {
    const ended = { ...slow.incident, end: slow.incident.start };
    expect(textOf(en({ ...slow, incident: { ...ended, endUnknown: true } }))).toContain("the true end may lie later");
    expect(textOf(en({ ...slow, incident: ended }))).not.toContain("the true end may lie later");
  });
});

describe("cards and tables", () => {
  it("of the first page and the timeline lead to the page of each incident", () => {
    expect(pages.now(NOW_VIEWS.manyIncidents, "kk")).toContain('href="/kk/i/KZ-2026-0043"');
    expect(pages.now(NOW_VIEWS.quiet, "ru")).toContain('href="/ru/i/KZ-2026-0039"');
    expect(pages.timeline(TIMELINE_VIEWS.cityCut, "en")).toContain('href="/en/i/KZ-2022-0001"');
  });

  it("of a timeline of the past lead to the incident as it was known then", () => {
    const past = { ...TIMELINE_VIEWS.cityCut, asOf: "2022-01-05T12:00:00.000Z" };
    expect(pages.timeline(past, "en")).toContain('href="/en/i/KZ-2022-0001?as_of=2022-01-05T12:00:00Z"');
  });
});

describe("an incident of several networks", () => {
  it("gives each its own beginning and end, and leads to the story it is part of", () => {
    const part = { region: "KZ-71", access: "mobile", end: null } as const;
    const start = { earliest: shift(AS_OF, -61), latest: shift(AS_OF, -60) };
    const parts = [
      { ...part, asn: 29355, start },
      { ...part, asn: 9198, access: "fixed" as const, start, end: start },
    ];
    const { cityCut } = INCIDENT_VIEWS;
    const told = {
      ...cityCut.incident,
      parts,
      episode: "KZ-2026-0001",
      reason: "a journal came",
      cause: "ordered cut" as const,
    };
    const page = en({ ...cityCut, incident: told });
    expect(page).toMatch(/id="part-2"/);
    expect(page).toContain("mobile internet");
    expect(page).toContain('href="/en/i/KZ-2026-0001"');
    expect(page).toContain("a journal came");
    expect(page).toContain("That is how the records weigh against each other; it is not proof.");
    expect(en(cityCut)).not.toContain('id="parts"');
  });
});
