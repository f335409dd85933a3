import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { parseInvitation } from "../../../probe/commands/invitation.ts";
import { consentText, meansYes } from "../../../probe/consent/text.ts";
import { loadIdentity, makeIdentity } from "../../../probe/identity/identity.ts";
import { loadMembership } from "../../../probe/membership/membership.ts";
import { loadTargetList } from "../../../targets/load.ts";
import { fakeIo, folders } from "../support.ts";
import { type Double, startDouble } from "../uplink/collector-double.ts";

const temporary = folders();
const doubles: Double[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});
afterAll(temporary.clean);

const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } };
const collector = async () => {
  const double = await startDouble({ publicKey: "", config });
  doubles.push(double);
  return double;
};
const coded = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("join", () => {
  it("refuses where nobody can be asked, and nothing is made or sent", async () => {
    const { url, heard } = await collector();
    const data = join(temporary.make(), "probe");
    const { io, err } = fakeIo();
    const joining = runProbeCommand(["join", "GOOD-CODE-2022", "--collector", url, "--data", data], io);
    await expect(joining).rejects.toEqual(coded("usage", /--yes/));
    expect(err()).toContain("What is never sent");
    expect([existsSync(data), heard]).toEqual([false, []]);
  });

  it("changes nothing when the answer is no", async () => {
    const { url } = await collector();
    const data = join(temporary.make(), "probe");
    const { io, questions } = fakeIo({ answer: "no" });
    expect(await runProbeCommand(["join", `GOOD-CODE-2022@${url}`, "--data", data], io)).toBe(1);
    expect([questions.length, existsSync(data)]).toEqual([1, false]);
  });

  it.each([
    ["kk", ["иә", "иә", "иә", "жоқ"]],
    ["ru", ["Да", "да", "Да", "нет"]],
    ["en", ["yes", "yes", "y", "no"]],
  ])("asks in %s and joins on %s", async (lang, answer) => {
    const { url } = await collector();
    const data = join(temporary.make(), "probe");
    const { io, err } = fakeIo({ answer });
    const words = ["join", `GOOD-CODE-2022@${url}`, "--data", data, "--lang", lang, "--without", "social"];
    expect(await runProbeCommand(words, io)).toBe(0);
    expect(err()).toContain(consentText(lang as "kk" | "ru" | "en").title);
    // What goes beyond sites is told of, too.
    expect(err()).toMatch(/Telegram, WhatsApp (?:and|и|және) Signal/);
    expect(loadMembership(data)).toMatchObject({
      collectors: [url],
      region: "KZ-75",
      consent: { language: lang, questions: "answered" },
      agreed: { risk: 2, without: ["social"] },
    });
    expect(readFileSync(join(data, "config.json"), "utf8")).toContain('"roundS":60');
  });

  it("shows the passage again on a wrong answer, asks anew on an unclear one, and goes on with the right one", async () => {
    const { url } = await collector();
    const data = join(temporary.make(), "probe");
    const { io, err, questions } = fakeIo({ answer: ["yes", "no", "yes", "perhaps", "yes", "yes", "no"] });
    expect(await runProbeCommand(["join", `GOOD-CODE-2022@${url}`, "--data", data, "--lang", "en"], io)).toBe(0);
    const text = consentText("en");
    const times = (part: string) => err().split(part).length - 1;
    // On the screen, and once more; the others on the screen only.
    expect([
      times(text.seen.lines[0] ?? ""),
      times(text.sent.lines[0] ?? ""),
      times(text.notIf.lines[0] ?? ""),
    ]).toEqual([2, 1, 2]);
    const [visible, open, allowed] = text.questions.all.map(({ ask }) => ask);
    expect(questions.slice(0, 7)).toEqual([text.question, visible, visible, open, open, allowed, allowed]);
  });

  it("joins nobody to whom the text is not clear, and makes and sends nothing", async () => {
    const { url, heard } = await collector();
    const data = join(temporary.make(), "probe");
    const { io, err } = fakeIo({ answer: ["yes", "no", "no", "no"] });
    expect(await runProbeCommand(["join", `GOOD-CODE-2022@${url}`, "--data", data, "--lang", "en"], io)).toBe(1);
    expect(err()).toContain(consentText("en").questions.tooOften);
    expect([existsSync(data), heard]).toEqual([false, []]);
  });

  it("without questions, by --yes, keeps that they were not asked, on this host only", async () => {
    const double = await collector();
    const data = join(temporary.make(), "probe");
    await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--data", data], fakeIo().io);
    expect(loadMembership(data)?.consent.questions).toBe("not-asked");
    expect(JSON.stringify(double.heard)).not.toContain("not-asked");
  });

  it("makes the key on this host, for its owner only, and keeps the same one afterwards", async () => {
    const { url } = await collector();
    const data = join(temporary.make(), "probe");
    const { io, out } = fakeIo();
    await runProbeCommand(["join", `GOOD-CODE-2022@${url}`, "--yes", "--json", "--data", data], io);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(data))
      expect([name, statSync(join(data, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(JSON.parse(out())).toMatchObject({ probe: loadIdentity(data)?.probe, role: "witness" });
    expect(loadIdentity(data)?.publicKey).toBe(loadIdentity(data)?.publicKey);
  });

  it("refuses to join a second time", async () => {
    const { url } = await collector();
    const data = join(temporary.make(), "probe");
    const words = ["join", `GOOD-CODE-2022@${url}`, "--yes", "--data", data];
    await runProbeCommand(words, fakeIo().io);
    await expect(runProbeCommand(words, fakeIo().io)).rejects.toEqual(coded("failed", /leave/));
  });

  it("says that the code was not taken, and that a collector does not answer", async () => {
    const { url, close } = await collector();
    const data = join(temporary.make(), "probe");
    const join1 = runProbeCommand(["join", `WRONG-CODE-2022@${url}`, "--yes", "--data", data], fakeIo().io);
    await expect(join1).rejects.toEqual(coded("bad_input", /unknown_code/));
    await close();
    const join2 = runProbeCommand(["join", `GOOD-CODE-2022@${url}`, "--yes", "--data", data], fakeIo().io);
    await expect(join2).rejects.toEqual(coded("try_later", /cannot be reached/));
    expect(loadMembership(data)).toBeNull();
  });

  it.each([
    ["kk", /жету мүмкін емес.*Мекенжайды тексеріңіз.*сол кодпен.*код жұмсалған жоқ/],
    ["ru", /недоступен.*Проверьте адрес.*с тем же кодом: он не израсходован/],
    ["en", /cannot be reached.*Check the address.*the same code: it is not used up/],
  ])("says in %s what to do where the collector does not answer", async (lang, says) => {
    const { url, close } = await collector();
    await close();
    const data = join(temporary.make(), "probe");
    const words = ["join", `GOOD-CODE-2022@${url}`, "--yes", "--data", data, "--lang", lang];
    await expect(runProbeCommand(words, fakeIo().io)).rejects.toEqual(coded("try_later", says));
  });

  it.each([
    ["kk", /барлық жазбасы/, /журналды.*export ФАЙЛ --all/s],
    ["ru", /все записи измерений/, /журнал с записями.*export ФАЙЛ --all/s],
    ["en", /all records/, /journal with its records.*export FILE --all/s],
  ])("can be taken back, and leaving says in %s that the records go too", async (lang, says, help) => {
    const data = join(temporary.make(), "probe");
    const { publicKey } = makeIdentity(data);
    const double = await startDouble({ publicKey, config });
    doubles.push(double);
    const asked = fakeIo();
    await runProbeCommand(["leave", "--help", "--lang", lang], asked.io);
    expect(asked.out()).toMatch(help);
    await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--data", data], fakeIo().io);
    const { io, out } = fakeIo();
    expect(await runProbeCommand(["leave", "--data", data, "--lang", lang], io)).toBe(0);
    expect([out(), existsSync(data)]).toEqual([expect.stringMatching(says), false]);
  });

  it("shows every site of the list with its tier, the risky one off", () => {
    const { io, err } = fakeIo();
    return runProbeCommand(["join", "GOOD-CODE-2022@http://127.0.0.1:9", "--data", "/nowhere"], io).catch(() => {
      for (const { id } of loadTargetList().targets) expect(err()).toContain(id);
      expect(err()).toMatch(/3\. circumvention tools and the like \(\d+\): off/);
    });
  });
});

describe("an invitation", () => {
  it("may carry the collector's address", () => {
    expect(parseInvitation("7KQ2-M9XD-04TB")).toEqual({ code: "7KQ2-M9XD-04TB", collector: null });
    expect(parseInvitation("7KQ2-M9XD-04TB@https://c.example:8080/")).toEqual({
      code: "7KQ2-M9XD-04TB",
      collector: "https://c.example:8080",
    });
  });

  it.each([
    "short",
    "",
    "7KQ2-M9XD-04TB@",
    "7KQ2-M9XD-04TB@ftp://c.example",
    "7KQ2/M9XD/04TB",
    "7KQ2-M9XD@https://u:p@c.example",
  ])("is refused as usage when it is '%s'", (word) => {
    expect(() => parseInvitation(word)).toThrowError(expect.objectContaining({ code: "usage" }));
  });
});

it("consent texts say the same things in each language, in different words, and a no is no yes", () => {
  const shape = (lang: "kk" | "ru" | "en") => {
    const text = consentText(lang);
    return [text.sent, text.never, text.seen, text.notIf, text.stop].map(({ lines }) => lines.length);
  };
  expect(shape("kk")).toEqual(shape("en"));
  expect(shape("ru")).toEqual(shape("en"));
  expect(new Set((["kk", "ru", "en"] as const).map((lang) => consentText(lang).what)).size).toBe(3);
  for (const no of ["", "n", "no", "нет", "жоқ", "н", "maybe"]) expect(meansYes(no)).toBe(false);
});
