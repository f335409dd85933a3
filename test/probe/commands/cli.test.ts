import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { runProbeCommand } from "../../../probe/cli.ts";
import { dataFolder, languageOf } from "../../../probe/config.ts";
import { fill, wordsOf } from "../../../probe/words/words.ts";
import { SOFTWARE } from "../../../protocol/software.ts";
import { fakeIo, folders } from "../support.ts";

const temporary = folders();
afterAll(temporary.clean);

const COMMANDS = ["join", "run", "status", "measure", "pause", "resume", "leave", "wipe"];

describe("kuager probe", () => {
  it.each(COMMANDS)("%s answers --help on stdout with exit code 0", async (command) => {
    const { io, out, err } = fakeIo();
    expect(await runProbeCommand([command, "--help"], io)).toBe(0);
    expect(out()).toContain(`Usage: kuager probe ${command}`);
    expect(err()).toBe("");
  });

  it.each([
    ["an unknown command", ["dance"]],
    ...COMMANDS.map((command): [string, string[]] => [`an unknown flag of ${command}`, [command, "--dance"]]),
    ["a language that is none of ours", ["status", "--lang", "fr", "--data", "/nonexistent"]],
    ["a tier of risk that does not exist", ["join", "7KQ2-M9XD-04TB@http://c.example", "--risk", "4", "--yes"]],
    ["a category that does not exist", ["join", "7KQ2-M9XD-04TB@http://c.example", "--without", "cats", "--yes"]],
    ["a code without a collector", ["join", "7KQ2-M9XD-04TB", "--yes"]],
    ["no code", ["join", "--collector", "http://c.example", "--yes"]],
    ["a resolver that is no address", ["run", "--public-resolver", "dns.example"]],
    ["a budget that is no number", ["run", "--budget-mb", "much"]],
    ["a messenger that is none of ours", ["measure", "icq"]],
    ["too many words", ["status", "now"]],
  ])("refuses %s as usage, which is exit code 2", async (_what, argv) => {
    await expect(runProbeCommand(argv, fakeIo().io)).rejects.toEqual(expect.objectContaining({ code: "usage" }));
  });

  it.each(["run", "pause", "resume", "leave"])("%s says how to join where nobody has", async (command) => {
    const running = runProbeCommand([command, "--data", temporary.make()], fakeIo().io);
    await expect(running).rejects.toEqual(
      expect.objectContaining({ code: "config", message: expect.stringContaining("has not joined") }),
    );
  });

  it("refuses a file of certificates that holds none", async () => {
    const file = join(temporary.make(), "ca.pem");
    writeFileSync(file, "nothing");
    await expect(runProbeCommand(["run", "--ca", file], fakeIo().io)).rejects.toEqual(
      expect.objectContaining({ code: "bad_input" }),
    );
  });

  it("status says that nothing has joined, in words and as JSON", async () => {
    const folder = temporary.make();
    const words = fakeIo();
    expect(await runProbeCommand(["status", "--data", folder, "--lang", "ru"], words.io)).toBe(0);
    expect(words.out()).toBe(`${wordsOf("ru").notJoined}\n`);
    const json = fakeIo();
    await runProbeCommand(["status", "--data", folder, "--json"], json.io);
    expect(JSON.parse(json.out())).toMatchObject({ joined: false, running: false, line: null, waiting: 0 });
  });

  it("measure with the name of a messenger measures that messenger, wherever the word stands", async () => {
    for (const words of [
      ["telegram", "--help"],
      ["--help", "signal"],
    ]) {
      const { io, out } = fakeIo();
      expect(await runProbeCommand(["measure", ...words], io)).toBe(0);
      expect(out()).toContain("Usage: kuager probe measure telegram|whatsapp|signal");
    }
  });

  it("a damaged membership is told with a way out that works", async () => {
    const folder = temporary.make();
    writeFileSync(join(folder, "membership.json"), "{");
    for (const command of ["run", "status", "leave"])
      await expect(runProbeCommand([command, "--data", folder], fakeIo().io)).rejects.toEqual(
        expect.objectContaining({ code: "config", message: expect.stringContaining("'kuager probe wipe'") }),
      );
    expect(await runProbeCommand(["wipe", "--yes", "--data", folder], fakeIo().io)).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  it("status of a journal whose file has just been made says that there is nothing yet", async () => {
    const folder = temporary.make();
    writeFileSync(join(folder, "journal.sqlite"), "");
    const { io, out } = fakeIo();
    expect(await runProbeCommand(["status", "--data", folder, "--json"], io)).toBe(0);
    expect(JSON.parse(out())).toMatchObject({ entries: 0, lastRound: null });
  });

  it("wipe where nothing is kept says so, in all three languages where none is asked for", async () => {
    const folder = join(temporary.make(), "none");
    const plain = fakeIo();
    expect(await runProbeCommand(["wipe", "--data", folder], plain.io)).toBe(0);
    expect(plain.out()).toMatch(/Өшіретін ештеңе жоқ[\s\S]*Стирать нечего[\s\S]*Nothing to erase/);
    const russian = fakeIo();
    expect(await runProbeCommand(["wipe", "--data", folder, "--lang", "ru"], russian.io)).toBe(0);
    expect(russian.out()).toBe(`Стирать нечего: в ${folder} Kuager ничего не хранит.\n`);
  });

  it("wipe asks once, and refuses where nobody can answer", async () => {
    const folder = temporary.make();
    await expect(runProbeCommand(["wipe", "--data", folder], fakeIo().io)).rejects.toEqual(
      expect.objectContaining({ code: "usage" }),
    );
    expect(await runProbeCommand(["wipe", "--data", folder], fakeIo({ answer: "no" }).io)).toBe(1);
  });
});

it("names itself in records by the version of the package", () => {
  expect(SOFTWARE).toBe(`kuager/${packageJson.version}`);
});

it("finds its data folder by flag, then variable, then the user's home", () => {
  expect(dataFolder("/a", { KUAGER_DATA: "/b" })).toBe("/a");
  expect(dataFolder(undefined, { KUAGER_DATA: "/b", HOME: "/home/u" })).toBe("/b");
  expect(dataFolder(undefined, { HOME: "/home/u" })).toBe("/home/u/.local/share/kuager/probe");
});

it("speaks the language of the flag, then KUAGER_LANG, then the system, then English", () => {
  expect(languageOf("kk", { KUAGER_LANG: "ru" })).toBe("kk");
  expect(languageOf(undefined, { KUAGER_LANG: "ru", LANG: "kk_KZ.UTF-8" })).toBe("ru");
  expect(languageOf(undefined, { LANG: "kk_KZ.UTF-8" })).toBe("kk");
  expect(languageOf(undefined, { LANG: "C" })).toBe("en");
});

it("has every sentence in three languages, with the same places for values", () => {
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  const english = Object.entries(wordsOf("en"));
  for (const language of ["kk", "ru"] as const)
    for (const [key, text] of english) {
      const other = wordsOf(language)[key as keyof ReturnType<typeof wordsOf>];
      if (typeof text !== "string" || typeof other !== "string") continue;
      expect([key, places(other)]).toEqual([key, places(text)]);
      expect(other).not.toBe(text);
    }
  expect(fill("a {b} {c}", { b: 1 })).toBe("a 1 {c}");
});
