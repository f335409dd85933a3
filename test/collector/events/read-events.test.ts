import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPlaces } from "../../../collector/events/places.ts";
import { type EventFormat, readEvents } from "../../../collector/events/read-events.ts";
import { loadRegions } from "../../../targets/load.ts";

const regions = loadRegions();
const read = (text: string, format?: EventFormat) => readEvents("f", text, { format, regions });
const HEAD = "id,kind,sanctioned,place,title,start,end,precision,source";

describe("our own CSV", () => {
  test("is read with its zone", () => {
    const { events, refused, format } = read(
      `${HEAD}\ne1,rally,unknown,KZ-75,"Rally, square",2022-01-05T10:30:00+06:00,,hour,https://example.org\n`,
    );
    expect({ format, refused }).toEqual({ format: "own", refused: [] });
    expect(events).toEqual([
      {
        ...{
          id: "e1",
          kind: "rally",
          sanctioned: "unknown",
          place: "KZ-75",
          title: "Rally, square",
          precision: "hour",
        },
        ...{ start: "2022-01-05T04:30:00.000Z", end: null, source: "https://example.org" },
      },
    ]);
  });

  test.each([
    ["Алматы", "2022-01-05 16:30", "KZ-75", "2022-01-05T10:30:00.000Z"],
    ["Almaty", "2025-01-05 16:30", "KZ-75", "2025-01-05T11:30:00.000Z"],
    ["Ақтау", "2022-01-05 16:30", "KZ-47", "2022-01-05T11:30:00.000Z"],
    ["Нур-Султан", "2021-02-28T14:00", "KZ-71", "2021-02-28T08:00:00.000Z"],
  ])("takes %s at %s local time by the offset that was in force there", (place, start, code, utc) => {
    const [event] = read(`${HEAD}\ne1,rally,,${place},T,${start},,minute,s\n`).events;
    expect(event).toMatchObject({ place: code, start: utc, sanctioned: "unknown" });
  });

  test("loses its wrong rows only, each named with its line and field", () => {
    const rows = [
      "e1,party,unknown,KZ-75,T,2022-01-05,,day,s",
      "e2,rally,unknown,Atlantis,T,5 January,2021-01-01,day,s",
      "e3,rally,unknown,KZ,T,2022-01-05,2022-01-04,day,s",
      "e4,rally,sanctioned,KZ,T,2022-01-05,,day,s",
    ];
    const { events, refused } = read([HEAD, ...rows].join("\n"));
    expect(events.map(({ id, sanctioned }) => [id, sanctioned])).toEqual([["e4", "sanctioned"]]);
    expect(refused.map(({ line, problem }) => `${line} ${problem.split(":")[0]}`)).toEqual([
      "2 kind",
      "3 place",
      "3 start",
      "4 end",
    ]);
  });

  test("may tell the title in each language; a row that leaves one out is shown as it is", () => {
    const { events, refused } = read(
      [
        `${HEAD},title_en,title_kk,title_ru`,
        "e1,rally,,KZ,Rally,2022-01-05,,day,s,Rally,Митингі,Митинг",
        "e2,rally,,KZ,Rally,2022-01-05,,day,s,Rally,,Митинг",
      ].join("\n"),
    );
    expect(refused).toEqual([]);
    expect(events.map(({ titles }) => titles)).toEqual([{ kk: "Митингі", ru: "Митинг", en: "Rally" }, undefined]);
  });

  test("says of a place and of times what may stand there, once each", () => {
    const { refused } = read(`${HEAD}\ne1,rally,,Atlantis,T,5 January,,day,s\ne2,rally,,KZ,T,2022-01-05,soon,day,s\n`);
    expect(refused.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^place: 'Atlantis' is not known\. Write KZ .*KZ-75.*Алматы/),
      expect.stringMatching(/^start: '5 January' is no time\. Write 2022-01-05T10:30/),
      expect.stringMatching(/^end: 'soon' is no time/),
    ]);
  });

  test("without a column is refused whole", () => {
    expect(() => read("id,kind\n")).toThrow("f:1: the header lacks sanctioned, place");
    expect(() => read("")).toThrow("lacks id");
  });
});

describe("an ACLED export", () => {
  const COLUMNS =
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,country,admin1,admin2,location,latitude,longitude,geo_precision,source,notes";
  const row = (cells: Partial<Record<string, string>>) => {
    const usual: Record<string, string> = {
      ...{ event_id_cnty: "KAZ100", event_date: "05 January 2022", time_precision: "1", event_type: "Protests" },
      ...{ sub_event_type: "Peaceful protest", country: "Kazakhstan", admin1: "Almaty City", location: "Almaty" },
      ...{ source: "Vlast", notes: '"On 5 January, people gathered, peacefully."' },
    };
    return COLUMNS.split(",")
      .map((name) => cells[name] ?? usual[name] ?? "")
      .join(",");
  };

  test("gives a rally on a day of a region, known by its header", () => {
    const { events, format } = read(`${COLUMNS}\n${row({})}\n`);
    expect(format).toBe("acled");
    expect(events).toEqual([
      {
        ...{ id: "acled-KAZ100", kind: "rally", sanctioned: "unknown", place: "KZ-75", precision: "day" },
        ...{ title: "Peaceful protest, Almaty: On 5 January, people gathered, peacefully.", end: null },
        ...{ start: "2022-01-05T00:00:00.000Z", source: "ACLED KAZ100: Vlast" },
      },
    ]);
  });

  test.each([
    [{ event_type: "Riots", sub_event_type: "Violent demonstration" }, { kind: "rally" }],
    [{ event_type: "Riots", sub_event_type: "Mob violence" }, { kind: "emergency" }],
    [{ event_type: "Battles" }, { kind: "emergency" }],
    [{ event_type: "Strategic developments", sub_event_type: "Agreement" }, { kind: "official" }],
    [{ notes: "A single-person picket" }, { kind: "picket" }],
    [{ time_precision: "2" }, { precision: "month" }],
    [{ event_date: "2022-01-05", admin1: "Mangystau", location: "Janaozen" }, { place: "KZ-47" }],
    [{ admin1: "Almaty", location: "Konaev" }, { place: "KZ-19" }],
    [{ admin1: "East Kazakhstan", location: "Some village" }, { place: "KZ-63" }],
  ])("maps %j to %j", (cells, wanted) => {
    expect(read(`${COLUMNS}\n${row(cells)}\n`).events).toEqual([expect.objectContaining(wanted)]);
  });

  test("loses its wrong rows only", () => {
    const wrong = [
      { country: "Kyrgyzstan" },
      { event_date: "31 February 2022" },
      { admin1: "X", location: "Y" },
      { event_type: "Ball" },
    ];
    const { events, refused } = read([COLUMNS, ...wrong.map(row), row({})].join("\n"));
    expect(events).toHaveLength(1);
    expect(refused.map(({ line, problem }) => `${line} ${problem.split(":")[0]}`)).toEqual([
      "2 country",
      "3 event_date",
      "4 admin1",
      "5 event_type",
    ]);
  });
});

describe("a calendar", () => {
  const calendar = (...events: string[][]) =>
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//x//y//EN",
      ...events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]),
      "END:VCALENDAR",
      "",
    ].join("\r\n");

  test("gives events with local, zoned, UTC and whole-day times", () => {
    const { events, format, refused } = read(
      calendar(
        [
          "UID:a",
          "SUMMARY:Митинг на площади",
          "LOCATION:площадь Республики\\, Алматы",
          "DTSTART:20220105T163000",
          "DTEND:20220105T183000",
        ],
        [
          "UID:b",
          "SUMMARY:Single picket",
          "LOCATION:Астана",
          "DTSTART;TZID=Asia/Almaty:20250105T163000",
          "URL:https://example.org/b",
        ],
        ["UID:c", "SUMMARY:Presidential election", "DTSTART;VALUE=DATE:20221120", "DTEND;VALUE=DATE:20221121"],
        ["UID:d", "SUMMARY:Free speech", "CATEGORIES:rally,sanctioned", "DTSTART:20220625T060000Z"],
      ),
    );
    expect({ format, refused }).toEqual({ format: "ical", refused: [] });
    expect(events).toMatchObject([
      {
        id: "ical-a",
        kind: "rally",
        place: "KZ-75",
        start: "2022-01-05T10:30:00.000Z",
        end: "2022-01-05T12:30:00.000Z",
        precision: "minute",
        sanctioned: "unknown",
      },
      {
        id: "ical-b",
        kind: "picket",
        place: "KZ-71",
        start: "2025-01-05T11:30:00.000Z",
        source: "https://example.org/b",
      },
      {
        id: "ical-c",
        kind: "election",
        place: "KZ",
        start: "2022-11-20T00:00:00.000Z",
        end: "2022-11-20T23:59:00.000Z",
        precision: "day",
      },
      { id: "ical-d", kind: "rally", sanctioned: "sanctioned", start: "2022-06-25T06:00:00.000Z" },
    ]);
  });

  test("loses its wrong events only, each named with the line it begins on", () => {
    const { events, refused } = read(
      calendar(
        ["UID:a", "SUMMARY:Rally", "LOCATION:Atlantis", "DTSTART:20220105T163000"],
        ["UID:b", "SUMMARY:Rally", "RRULE:FREQ=DAILY", "DTSTART:20220105T163000"],
        ["this is no property"],
        ["UID:c", "SUMMARY:Rally", "DTSTART:20220105T163000Z"],
        ["UID:d", "SUMMARY:Rally", "STATUS:CANCELLED", "DTSTART:20220105T163000Z"],
        ["UID:e", "SUMMARY:Rally"],
      ),
    );
    expect(events.map(({ id }) => id)).toEqual(["ical-c"]);
    expect(refused.map(({ line, problem }) => `${line} ${problem.split(":")[0]}`)).toEqual([
      "4 LOCATION",
      "10 RRULE",
      "16 VEVENT",
      "24 STATUS",
      "30 DTSTART",
    ]);
  });

  test("that is none is a clear error", () => {
    expect(() => read("nonsense", "ical")).toThrow(/not a calendar/);
  });
});

test("no text makes a reader throw anything but a clear error", () => {
  const formats = fc.constantFrom<EventFormat>("own", "acled", "ical");
  const lines = fc.array(
    fc.oneof(
      fc.constantFrom(HEAD, "BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:2022", "event_id_cnty,event_date"),
      fc.string(),
    ),
  );
  fc.assert(
    fc.property(formats, lines, (format, text) => {
      try {
        read(text.join("\n"), format);
      } catch (error) {
        expect(error).toMatchObject({ code: "bad_input" });
      }
    }),
  );
});

test("every region is found by each of its names and codes", () => {
  const places = createPlaces(regions);
  for (const { code, names } of regions)
    for (const name of [code, ...Object.values(names)]) expect(places.find(name)).toBe(code);
});
