import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "../../collector/api/types.ts";
import {
  loadBlockPages,
  loadEvents,
  loadInterception,
  loadNetworks,
  loadRegions,
  loadReports,
  loadTargetList,
} from "../../targets/load.ts";
import { namesBannedMovement } from "../../targets/rules.ts";

const list = loadTargetList();
const regions = loadRegions();
const reports: Report[] = loadReports();
const events = loadEvents();
const targetIds = new Set(list.targets.map(({ id }) => id));

const CYRILLIC = /\p{Script=Cyrillic}/u;
const KAZAKH_ONLY = /[әғқңөұүһі]/iu;
const RUSSIAN_WORD =
  /(?:^|[^\p{L}])(?:журнал|газета|радио|телеканал|агентство|сайт|портал|фонд|зеркало|бюро|комитет|организация|почта|поиск|сообщалось|область|город)(?:$|[^\p{L}])/iu;

describe("targets", () => {
  test("are between 90 and 140, with one id each", () => {
    expect(list.targets.length).toBeGreaterThanOrEqual(90);
    expect(list.targets.length).toBeLessThanOrEqual(140);
    expect(targetIds.size).toBe(list.targets.length);
  });

  test.each([
    ...["orda.kz", "azattyq.org", "rus.azattyq.org", "azattyq.github.io", "azattyq.gitlab.io", "bit.ly", "bitly.com"],
    ...["telegram.org", "web.telegram.org", "t.me", "whatsapp.com", "signal.org", "facebook.com", "instagram.com"],
    ...["youtube.com", "tiktok.com", "x.com", "vk.com", "linkedin.com", "soundcloud.com", "vlast.kz", "holanews.kz"],
    ...["ratel.kz", "exclusive.kz", "newtimes.kz", "the-village-kz.com", "factcheck.kz", "adilsoz.kz", "kuresker.org"],
    ...["pana-defenders.info", "who.int", "archive.org", "archive.ph", "archive.is", "currenttime.tv", "zonakz.net"],
    ...["uralskweek.kz", "kloop.kg", "meduza.io", "informburo.kz", "change.org", "osce.org", "un.org", "iho.org"],
    ...["google.com", "mail.ru", "tengrinews.kz", "inform.kz", "khabar.kz", "24.kz", "qazaqstan.tv", "baq.kz"],
    ...["stopfake.kz", "kursiv.media", "zakon.kz", "nur.kz", "egov.kz", "gov.kz", "akorda.kz", "kaspi.kz"],
  ])("hold %s", (id) => {
    expect(targetIds).toContain(id);
  });

  test("name no movement that a court has banned, here or in reports and events", () => {
    for (const { id, url, names } of list.targets)
      expect(namesBannedMovement([id, url, ...Object.values(names)]), id).toBe(false);
    for (const { id, title } of reports) expect(namesBannedMovement([id, ...Object.values(title)]), id).toBe(false);
    for (const { id, title } of events) expect(namesBannedMovement([id, title]), id).toBe(false);
  });

  test("hold one site that nobody blocks and one that cannot exist, to check the probes by", () => {
    const known = list.targets.filter(({ canary, absent }) => canary === true || absent === true);
    expect(known.map(({ id, canary, absent }) => [id, canary ?? false, absent ?? false])).toEqual([
      ["example.com", true, false],
      ["no-such-site.invalid", false, true],
    ]);
  });

  test("hold names that Russia filters, each with its source, three of which have no other reason to be there", () => {
    const filtered = list.targets.filter(({ filteredIn }) => filteredIn?.includes("RU"));
    expect(filtered.length).toBeGreaterThanOrEqual(10);
    expect(filtered.filter(({ source }) => !/in Russia/.test(source))).toEqual([]);
    expect(filtered.filter(({ why }) => why.startsWith("Blocked in Russia only"))).toHaveLength(3);
    expect(filtered.filter(({ hostedIn }) => hostedIn === "KZ")).toEqual([]);
  });

  test("keep look-alike names apart", () => {
    const byId = new Map(list.targets.map((target) => [target.id, target]));
    expect(byId.get("azattyq-ruhy.kz")?.category).toBe("mainstream-media");
    expect(byId.get("azattyq.org")?.category).toBe("foreign-media");
  });

  test("are off by default exactly when they are circumvention tools", () => {
    for (const { id, category, risk } of list.targets) expect(risk === 3, id).toBe(category === "circumvention");
    expect(list.targets.filter(({ risk }) => risk === 3).length).toBeGreaterThanOrEqual(8);
  });

  test("never treat independent media and rights groups as everyday sites", () => {
    for (const { id, category, risk } of list.targets)
      if (["independent-media", "human-rights", "regional-media"].includes(category)) expect(risk, id).toBe(2);
  });

  test("are hosted in Kazakhstan exactly when their name ends in .kz, and say where that is known from", () => {
    for (const { id, hostedIn, source } of list.targets) {
      expect(hostedIn === "KZ", id).toBe(id.endsWith(".kz"));
      if (hostedIn === "KZ") expect(source, id).toContain("Hosting:");
    }
  });

  test("have a contrast group of state and mainstream media", () => {
    const contrast = list.targets.filter(({ category }) => ["state-media", "mainstream-media"].includes(category));
    expect(contrast.length).toBeGreaterThanOrEqual(10);
  });

  test("are asked for over https", () => {
    for (const { id, url } of list.targets) expect(url, id).toMatch(/^https:\/\//);
  });
});

describe("names", () => {
  const named = [
    ...list.targets.map(({ id, names }) => ({ id, names })),
    ...regions.map(({ code, names }) => ({ id: code, names })),
    ...reports.map(({ id, title }) => ({ id, names: title })),
  ];

  test("in English have no Cyrillic letters", () => {
    for (const { id, names } of named) expect(CYRILLIC.test(names.en), id).toBe(false);
  });

  test("in Russian have no sentence of English, nor Kazakh letters outside proper names", () => {
    for (const { id, names } of named)
      if (names.ru !== names.en)
        expect(CYRILLIC.test(names.ru) || /[–-]/.test(names.ru) || names.ru === "Портал e-Otinish", id).toBe(true);
    const kazakhInRussian = named.filter(({ names }) => KAZAKH_ONLY.test(names.ru)).map(({ id }) => id);
    expect(kazakhInRussian.sort()).toEqual(["KZ-33", "KZ-62", "adilet.zan.kz", "egemen.kz"]);
  });

  test("are equal in two languages only when they are proper names", () => {
    for (const { id, names } of named) {
      if (names.kk === names.ru) expect(RUSSIAN_WORD.test(names.kk) || KAZAKH_ONLY.test(names.kk), id).toBe(false);
      if (names.ru === names.en || names.kk === names.en) expect(CYRILLIC.test(names.kk), id).toBe(false);
    }
  });

  test("of reports differ in every language", () => {
    for (const { id, title } of reports) expect(new Set(Object.values(title)).size, id).toBe(3);
  });
});

describe("sources", () => {
  const sourced = [
    ...list.targets,
    ...list.anchors,
    ...loadNetworks().map((row) => ({ id: String(row.asn), source: row.source })),
    ...loadInterception().map((row) => ({ id: row.name, source: row.source })),
    ...loadBlockPages(),
    ...reports,
    ...events,
  ];

  test("stand beside every entry and are public, never a place on somebody's machine", () => {
    for (const { id, source } of sourced) {
      expect(source.length, id).toBeGreaterThan(7);
      expect(source, id).not.toMatch(/\/(?:work|tmp|home|root)\/|file:|localhost|\b00\d:\d/);
    }
  });

  test("of events are https addresses", () => {
    for (const { id, source } of events) expect(source, id).toMatch(/^https:\/\//);
  });
});

describe("regions", () => {
  test("are the 17 regions and 3 cities, each on a tile of its own", () => {
    expect(regions.map(({ code }) => Number(code.slice(3)))).toEqual([
      10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79,
    ]);
    expect(new Set(regions.map(({ tile }) => tile.join())).size).toBe(20);
  });

  test("know the offsets of their time: +6 or +5 in January 2022, +5 everywhere since March 2024", () => {
    const offset = (timeZone: string, at: string) =>
      new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
        .formatToParts(new Date(at))
        .find(({ type }) => type === "timeZoneName")?.value;
    const west = new Set(["KZ-15", "KZ-23", "KZ-27", "KZ-43", "KZ-47"]);
    for (const { code, timeZone } of regions) {
      expect(offset(timeZone, "2022-01-05T10:30:00Z"), code).toBe(west.has(code) ? "GMT+05:00" : "GMT+06:00");
      expect(offset(timeZone, "2024-03-02T00:00:00Z"), code).toBe("GMT+05:00");
    }
  });

  test("carry their old names and codes with dates", () => {
    const astana = regions.find(({ code }) => code === "KZ-71");
    expect(astana?.aliases).toContainEqual({ name: "Nur-Sultan", from: "2019-03-23", to: "2022-09-17" });
    expect(regions.find(({ code }) => code === "KZ-10")?.validFrom).toBe("2022-06-08");
    const oldCodes = regions
      .flatMap(({ aliases }) => aliases.map(({ name }) => name))
      .filter((name) => /^KZ-/.test(name));
    expect(new Set(oldCodes).size).toBe(17);
    for (const { code, aliases } of regions)
      for (const { name, from, to } of aliases) if (from && to) expect(from < to, `${code} ${name}`).toBe(true);
  });
});

describe("anchors", () => {
  const hosts = (group: string) => list.anchors.filter((anchor) => anchor.group === group).map(({ host }) => host);

  test("exist in all three groups, the foreign ones of several operators", () => {
    expect(hosts("domestic").length).toBeGreaterThanOrEqual(5);
    expect(hosts("whitelist").length).toBeGreaterThanOrEqual(5);
    expect(
      new Set(list.anchors.filter(({ group }) => group === "foreign").map(({ operator }) => operator)).size,
    ).toBeGreaterThan(5);
  });

  test("keep names of the white list out of the domestic group", () => {
    expect(hosts("domestic").filter((host) => hosts("whitelist").includes(host))).toEqual([]);
  });

  test("hold no foreign name under .kz and no domestic name elsewhere", () => {
    for (const host of hosts("foreign")) expect(host).not.toMatch(/\.kz$/);
    for (const host of hosts("domestic")) expect(host).toMatch(/\.kz$/);
  });

  test("fit into the checks of one link entry", () => {
    for (const group of ["domestic", "whitelist", "foreign"]) expect(hosts(group).length).toBeLessThanOrEqual(32);
  });
});

describe("reports and events", () => {
  test("name only targets of the list", () => {
    for (const { id, targets } of reports) for (const target of targets) expect(targetIds, id).toContain(target);
  });

  test("do not end before they start", () => {
    for (const { id, start, end } of [...reports, ...events])
      if (end !== null) expect(Date.parse(end), id).toBeGreaterThan(Date.parse(start));
  });

  test("give only a date when the day or month is all that is known of the start", () => {
    for (const { id, start, precision } of [...reports, ...events]) {
      if (precision === "day" || precision === "month") expect(start, id).toMatch(/T00:00:00\.000Z$/);
      if (precision === "month") expect(start, id).toMatch(/-01T/);
    }
  });

  test("hold the seven cuts of January 2022, none overlapping the next", () => {
    const cuts = reports.filter(({ id }) => id.startsWith("2022-01-national-"));
    expect(cuts).toHaveLength(7);
    expect(cuts[0]?.start).toBe("2022-01-05T10:30:00.000Z");
    for (const [index, cut] of cuts.slice(0, -1).entries())
      expect(Date.parse(cut.end ?? "")).toBeLessThan(Date.parse(cuts[index + 1]?.start ?? ""));
  });

  test("include sanctioned rallies, the controls of every coincidence", () => {
    expect(events.filter(({ sanctioned }) => sanctioned === "sanctioned").length).toBeGreaterThanOrEqual(3);
  });

  test("never say why something happened", () => {
    for (const { id, title } of reports)
      expect(Object.values(title).join(" "), id).not.toMatch(/because|из-за|кесірінен/i);
  });
});

test("the project's own list is no copy: no row keeps another list's notes or licence", () => {
  const text = readFileSync(join(import.meta.dirname, "../../targets/data/targets.ndjson"), "utf8");
  expect(text).not.toMatch(/citizenlab|BY-NC/i);
  expect(existsSync(join(import.meta.dirname, "../../targets/data/citizenlab-kz.csv"))).toBe(false);
});
