import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runs } from "../requires.ts";
import { freePort, healthy, type Running, runKuager, startKuager, temporaryFolder, until } from "./processes.ts";
import { portOf, writeTargets } from "./small-network.ts";
import { onTerminal, SCRIPT, settled } from "./walk.ts";

const temporary = temporaryFolder();
const site = createServer((_, response) => response.end("<title>A site</title>"));
let collector: Running;
let url = "";

beforeAll(async () => {
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  const targets = writeTargets(join(temporary.path, "targets"), portOf(site), await freePort());
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const data = join(temporary.path, "collector");
  collector = startKuager(["collector", "serve", "--data", data, "--port", String(port), "--targets", targets]);
  await until(
    () => `the collector answers: ${collector.stderr()}`,
    () => healthy(url),
  );
});
afterAll(async () => {
  collector.child.kill("SIGTERM");
  await collector.exit;
  site.closeAllConnections();
  site.close();
  temporary.remove();
});

const invite = async () => {
  const data = join(temporary.path, "collector");
  const flags = ["--region", "KZ-75", "--asn", "9198", "--access", "fixed", "--collector", url];
  const { stdout, code, stderr } = await runKuager(["collector", "invite", "--data", data, ...flags]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
};

/** Yes to taking part; a wrong and then right answers on the text; then: media yes, risky no, all kinds, data is not paid for, 50 MB a day, no limit a month, quiet at night. */
const ANSWERS = {
  en: ["yes", "no", "yes", "yes", "no", "", "no", "", "no", "50", "", "23:00-07:00"],
  ru: ["да", "нет", "да", "да", "нет", "", "нет", "", "нет", "50", "", "23:00-07:00"],
  kk: ["иә", "жоқ", "иә", "иә", "жоқ", "", "жоқ", "", "жоқ", "50", "", "23:00-07:00"],
} as const;
const OPENED = { en: "works: opened", ru: "works: открылся", kk: "works: ашылды" } as const;
const REACHED = { en: "The server is reached", ru: "Сервер доступен", kk: "Сервер қолжетімді" } as const;
/** How many records wait once all were delivered. */
const DELIVERED = {
  en: "Waiting for delivery: 0",
  ru: "Ждут отправки: 0",
  kk: "күтіп тұрған жазба: 0",
} as const;

it("an invitation is text first, and the same as a QR code of plain blocks", async () => {
  const text = await invite();
  const [word = ""] = /[0-9A-Z-]{19}@http\S+/.exec(text) ?? [];
  expect(text).toContain(`kuager probe join ${word}\n`);
  expect(text).toMatch(/[█▀▄ ]{20,}\n[█▀▄ ]{20,}/);
  // No escape, so no colour.
  expect([...text].some((sign) => sign === "\u001b")).toBe(false);
});

const transcripts = new Map<string, string>();

it.runIf(runs(SCRIPT !== null)).each(["en", "ru", "kk"] as const)(
  "a volunteer walks from the invitation to the first delivered round in %s",
  async (language) => {
    const [word = ""] = /[0-9A-Z-]{19}@http\S+/.exec(await invite()) ?? [];
    const folder = join(temporary.path, language);
    const parts: string[] = [];
    const walk = async (args: readonly string[], answers: readonly string[] = []) => {
      const { code, text, unasked } = await onTerminal(["probe", ...args, "--data", folder], answers);
      expect([code, unasked]).toEqual([0, []]);
      // No control sequences: nothing spins, and nothing hangs on colour.
      expect([...text].filter((sign) => sign === "\u001b")).toEqual([]);
      const typed = args.filter((arg) => !/^--(?:allow-private|no-im|no-speed)$/.test(arg)).join(" ");
      parts.push(
        `$ kuager probe ${settled(typed, language, temporary.path)}\n${settled(text, language, temporary.path).trim()}\n`,
      );
      return text;
    };
    await walk(["join", word, "--lang", language], ANSWERS[language]);
    expect(await walk(["run", "--once", "--allow-private", "--no-im", "--no-speed"])).toContain(REACHED[language]);
    const status = await walk(["status"]);
    expect(status).toContain(DELIVERED[language]);
    expect(await walk(["results"])).toContain(OPENED[language]);
    transcripts.set(language, parts.join("\n"));
  },
);

it.runIf(runs(SCRIPT !== null))("the walk in the documents is the walk as it is", async () => {
  const names = { en: "English", ru: "Русский", kk: "Қазақша" } as const;
  const text = (["kk", "ru", "en"] as const).map(
    (language) => `## ${names[language]}\n\n\`\`\`\n${transcripts.get(language) ?? ""}\`\`\`\n`,
  );
  const head = `# A volunteer's walk

From the invitation to the first round delivered, as a terminal shows it; three sites on a test's own computer stand for
the list, and what hangs on the moment, the line and the computer is left out. \`test/end-to-end/walk.test.ts\` types it and compares it with this page (\`npm test -- test/end-to-end/walk -u\` writes it anew).

`;
  await expect(`${head}${text.join("\n")}`).toMatchFileSnapshot("../../docs/volunteer-walk.md");
});
