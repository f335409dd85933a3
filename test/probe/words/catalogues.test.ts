import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { consentText } from "../../../probe/consent/text.ts";
import { DOCTOR_WORDS } from "../../../probe/words/doctor/words.ts";
import { kk as helpKk } from "../../../probe/words/help/kk.ts";
import { ru as helpRu } from "../../../probe/words/help/ru.ts";
import { JOIN_WORDS } from "../../../probe/words/join/words.ts";
import { PAGE_WORDS } from "../../../probe/words/page/words.ts";
import { ENGLISH } from "../../../probe/words/refusals/english.ts";
import { kk as refusalsKk } from "../../../probe/words/refusals/kk.ts";
import { ru as refusalsRu } from "../../../probe/words/refusals/ru.ts";
import { translateRefusal } from "../../../probe/words/refusals/translate.ts";
import { RESULT_WORDS } from "../../../probe/words/results/words.ts";
import { RUN_WORDS } from "../../../probe/words/run/words.ts";
import { SITES_WORDS } from "../../../probe/words/sites/words.ts";
import { wordsOf } from "../../../probe/words/words.ts";
import { CodedError } from "../../../protocol/coded-error.ts";
import { fakeIo, folders } from "../support.ts";

const LANGUAGES = ["en", "ru", "kk"] as const;
type Language = (typeof LANGUAGES)[number];

/** Every text of a catalogue by its path. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => texts(part, `${path}/${key}`));
}

const refusals = { en: { says: ENGLISH }, ru: { says: refusalsRu.says }, kk: { says: refusalsKk.says } };
const CATALOGUES: readonly [string, (language: Language) => unknown][] = [
  ["commands", wordsOf],
  ["consent", (language) => ({ ...consentText(language), yes: [], no: [] })],
  ["join", (language) => JOIN_WORDS[language]],
  ["doctor", (language) => DOCTOR_WORDS[language]],
  ["results", (language) => RESULT_WORDS[language]],
  ["sites", (language) => SITES_WORDS[language]],
  ["page", (language) => PAGE_WORDS[language]],
  ["run", (language) => RUN_WORDS[language]],
  ["refusals", (language) => refusals[language]],
];

describe.each(CATALOGUES)("the catalogue of %s", (_name, of) => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  const english = new Map(texts(of("en")));

  it.each(["ru", "kk"] as const)("has the keys and places of the English one in %s", (language) => {
    const other = texts(of(language));
    expect(other.map(([key]) => key).sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of other) expect([key, places(text)]).toEqual([key, places(english.get(key) ?? "")]);
  });

  it("has no text that is the same in two languages by accident", () => {
    for (const key of english.keys()) {
      const said = LANGUAGES.map((language) => new Map(texts(of(language))).get(key) ?? "");
      const isCommand = (text: string) => /^kuager probe [a-z]+(?: CODE| КОД)?$/.test(text);
      // The word for a site is the same in Kazakh and Russian.
      if (!said.every(isCommand) && key !== "/site" && !key.endsWith("/passage"))
        expect([key, new Set(said).size]).toEqual([key, 3]);
    }
  });
});

/** Words that need a technician, as whole words in whatever case. */
const BANNED =
  /(?<![\p{L}])(?:DNS|TCP|UDP|TLS|SSL|HTTPS?|JSON|IP|IPv[46]|SNI|API|URL|ASN|socket|resolver|gateway|handshake|payload|endpoint|daemon|stdin|stderr|WebSocket|SQLite|journal|timeout|таймаут|сокет|шлюз|резолвер|хендшейк|эндпоинт|журнал|шлюзі)(?![\p{L}])/iu;

describe("what a volunteer reads", () => {
  const READ = CATALOGUES.filter(([name]) => name !== "refusals");
  it.each(LANGUAGES)("has no word that needs a technician, in %s", (language) => {
    const technical = READ.flatMap(([name, of]) =>
      texts(of(language))
        .filter(([key]) => key !== "/updateIs")
        .map(([key, text]) => [
          name + key,
          text.replace(/\{\w+\}|IP-?(?:address|адрес|мекенжай)\p{L}*|IP address/giu, ""),
        ]),
    ).filter(([, text = ""]) => BANNED.test(text));
    expect(technical).toEqual([]);
  });

  it.each(LANGUAGES)("makes no claim that one probe cannot make, in %s", (language) => {
    for (const [, of] of READ)
      for (const [, text] of texts(of(language)))
        expect(text).not.toMatch(/blocked by|заблокирован\w* (?:властями|государством)/i);
  });
});

const source = () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const files = ["probe", "protocol", "collector/ingest"].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.startsWith("words"))
      .map((path) => readFileSync(`${root}${folder}/${path}`, "utf8")),
  );
  return `${files.join("\n")} Unknown option '`;
};

describe("refusals", () => {
  it("are worded in the source as the catalogue knows them", () => {
    const code = source();
    const missing = Object.values(ENGLISH).flatMap((template) =>
      template
        .split(/\{\w+\}/)
        .map((part) => part.trim())
        .filter((part) => part.length > 3 && !code.includes(part)),
    );
    // One sentence is put together of two in the source.
    expect(missing.filter((part) => !part.includes("). Make it yours"))).toEqual([]);
  });

  it("keep their values, and what stands in them from the collector is told in the same language", () => {
    const message = "The collector did not take this probe: This code has expired. Ask for a new one.";
    expect(translateRefusal(message, refusalsRu)).toBe(
      "Сервер не принял этот зонд: Срок этого кода истёк. Попросите новый.",
    );
    const usage = "There is no command 'dance'.\nUsage: kuager probe join";
    expect(translateRefusal(usage, refusalsKk)).toBe("'dance' пәрмені жоқ.\nҚолданылуы: kuager probe join");
    expect(translateRefusal("Something else.", refusalsKk)).toBe("Something else.");
  });

  it("come in the language asked for, with their code", async () => {
    const folder = folders();
    const data = folder.make();
    const refused = (lang: string) =>
      runProbeCommand(["run", "--data", data, "--lang", lang], fakeIo().io).catch((error: unknown) => error);
    for (const [lang, words] of [
      ["en", "has not joined"],
      ["ru", "не присоединён"],
      ["kk", "қосылмаған"],
    ] as const)
      expect(await refused(lang)).toEqual(
        expect.objectContaining({ code: "config", message: expect.stringContaining(words) }),
      );
    expect(await refused("ru")).toBeInstanceOf(CodedError);
    folder.clean();
  });
});

const COMMANDS =
  "join run status doctor results sites consent logs measure export pause resume update leave wipe".split(" ");
/** Commands all of whose flags are told in each language; others may have newer ones, which stay English. */
const WHOLE = ["join", "run", "status", "doctor", "results", "sites", "consent", "logs", "pause", "resume"];

describe.each(["ru", "kk"] as const)("help in %s", (lang) => {
  const words = lang === "ru" ? helpRu : helpKk;
  const print = async (...argv: string[]) => {
    const { io, out } = fakeIo();
    expect(await runProbeCommand(argv, io)).toBe(0);
    return out();
  };
  const flagsOf = (text: string) =>
    [...(text.split("For laboratories:")[0] ?? "").matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);

  it.each(COMMANDS)("of %s names every flag there is and none that is not", async (command) => {
    const english = flagsOf(await print(command, "--help", "--lang", "en"));
    const told = await print(command, "--help", "--lang", lang);
    expect(told.startsWith(words.usage)).toBe(true);
    expect(flagsOf(told)).toEqual(english);
    const translated = Object.keys(words.commands[command]?.flags ?? {}).filter((flag) => flag.startsWith("--"));
    if (command !== "measure") for (const flag of translated) expect(english).toContain(flag);
    if (WHOLE.includes(command)) expect(translated.sort()).toEqual([...new Set(english)].sort());
  });

  it("lists every command", async () => {
    const text = await print("--help", "--lang", lang);
    for (const command of COMMANDS) expect(text).toContain(command);
  });
});
