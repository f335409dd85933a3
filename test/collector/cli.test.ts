import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCollectorCommand } from "../../collector/cli.ts";
import { openStore } from "../../collector/store/open-store.ts";
import { ArchiveLine } from "../../protocol/archive.ts";
import { CHAIN_START, entryHash, followChain } from "../../protocol/chain.ts";
import { verifyText } from "../../protocol/signature.ts";
import { freePort, healthy, temporaryFolder, until } from "../end-to-end/processes.ts";
import { startCollector, testPages } from "./test-collector.ts";
import { createTestProbe, join as joinCollector, packed, post, webDraft } from "./test-probe.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const data = join(folder.path, "data");

async function run(argv: readonly string[], signal = new AbortController().signal) {
  let out = "";
  let err = "";
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    ask: async () => null,
    env: { HOME: folder.path },
    signal,
  };
  const code = await runCollectorCommand(argv, io, testPages);
  return { code, out, err };
}

describe("kuager collector", () => {
  test.each([[], ["serve"], ["invite"], ["revoke"], ["event"], ["export"]])(
    "%s --help explains itself",
    async (...words) => {
      const { code, out } = await run([...words.filter((word) => word !== undefined), "--help"]);
      expect(code).toBe(0);
      expect(out).toContain(words[0] === undefined ? "kuager collector COMMAND" : `kuager collector ${words[0]}`);
    },
  );

  test("without a command, or with an unknown one, shows what there is", async () => {
    expect(await run([])).toMatchObject({ code: 2, err: expect.stringContaining("serve") });
    expect(await run(["dance"])).toMatchObject({ code: 2, err: expect.stringContaining("no command 'dance'") });
  });

  test.each([
    ["serve", "--color", "red"],
    ["serve", "--port", "many"],
    ["serve", "--heartbeat-seconds", "0"],
    ["invite", "--region", "Almaty"],
    ["invite", "--role", "boss"],
    ["invite", "--asn", "x"],
    ["revoke"],
    ["revoke", "me"],
    ["event"],
    ["event", "export", "x"],
    ["export", "--from", "yesterday"],
  ])("%s %s %s is a wrong use", async (...argv) => {
    await expect(run([...argv.filter((word) => word !== undefined), "--data", data])).rejects.toMatchObject({
      code: "usage",
    });
  });
});

describe("kuager collector invite", () => {
  // Where no collector has run, there is nothing to invite to.
  beforeAll(async () => (await openStore(data)).close());

  test("prints a code that is stored only as a hash", async () => {
    const { code, out } = await run([
      "invite",
      "--region",
      "KZ-75",
      "--asn",
      "9198",
      "--access",
      "fixed",
      "--own",
      "--json",
      "--data",
      data,
    ]);
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ role: "witness", region: "KZ-75", asn: 9198, access: "fixed", own: true });
    const store = await openStore(data);
    const [invite] = await store.invites.recent(Date.now());
    await store.close();
    expect(JSON.stringify(invite)).not.toContain(answer.code.slice(0, 9));
    expect(invite).toMatchObject({ own: true, used: null });
  });

  test("tells a person what the volunteer types", async () => {
    const { out } = await run(["invite", "--role", "control", "--region", "DE", "--data", data]);
    expect(out).toMatch(/kuager probe join [0-9A-Z-]{19} --collector/);
  });
});

describe("kuager collector review", () => {
  test.each([["list"], ["trail"], ["trail", "KZ-2026-0001"]])("%s says so where there is nothing", async (...words) => {
    const { code, out, err } = await run(["review", ...words, "--data", data]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toMatch(/Nothing is published yet|No act of review is on record/);
  });

  test("names the flags by which a reason is given", async () => {
    await expect(run(["review", "note", "KZ-2026-0001", "--data", data])).rejects.toThrow("--note-en");
  });
});

test("an alert by a way that is not set up says what is missing, and where it is set", async () => {
  const added = await run(["alert", "add", "telegram", "@channel", "--data", data]);
  expect(added).toMatchObject({ code: 0, out: expect.stringContaining("Added: ") });
  expect(added.err).toContain("KUAGER_COLLECTOR_TELEGRAM_TOKEN");
  expect((await run(["alert", "add", "webhook", "https://hooks.example.org/k", "--data", data])).err).toBe("");
});

describe("kuager collector event import", () => {
  test("adds events once", async () => {
    const file = join(folder.path, "events.csv");
    writeFileSync(
      file,
      "id,kind,sanctioned,place,title,start,end,precision,source\ne1,rally,unknown,KZ-75,T,2022-01-05,,day,https://example.org\n",
    );
    expect(JSON.parse((await run(["event", "import", file, "--json", "--data", data])).out)).toMatchObject({
      read: 1,
      changed: 1,
    });
    expect(JSON.parse((await run(["event", "import", file, "--json", "--data", data])).out)).toMatchObject({
      read: 1,
      changed: 0,
    });
  });

  test("takes the right rows of a file with wrong ones, and ends with 65", async () => {
    const file = join(folder.path, "mixed.csv");
    writeFileSync(
      file,
      "id,kind,sanctioned,place,title,start,end,precision,source\nm1,dance,,KZ-75,T,2022-01-05,,day,s\nm2,rally,,Алматы,T,2022-01-05 16:30,,minute,s\n",
    );
    const { code, out } = await run(["event", "import", file, "--json", "--data", data]);
    expect(code).toBe(65);
    expect(JSON.parse(out)).toMatchObject({ format: "own", read: 1, changed: 1, refused: [{ line: 2 }] });
  });

  test("tells what was new, what differed, and how many rows were refused; wrong rows with what may stand there", async () => {
    const file = join(folder.path, "told.csv");
    const head = "id,kind,sanctioned,place,title,start,end,precision,source";
    const row = (id: string, title: string, place = "Almaty") => `${id},rally,,${place},${title},2022-01-05,,day,s`;
    const lines = (...rows: string[]) => writeFileSync(file, `${[head, ...rows].join("\n")}\n`);
    lines(row("t1", "One"), row("t2", "Two"));
    expect((await run(["event", "import", file, "--data", data])).out).toBe(
      "2 events taken: 2 new, 0 changed, 0 as they were.\n",
    );
    lines(row("t1", "One"), row("t2", "Other"), row("t3", "Three", "Atlantis"), row("t4", "Four"));
    const { code, out, err } = await run(["event", "import", file, "--data", data]);
    expect(code).toBe(65);
    expect(out).toBe(
      "3 events taken: 1 new, 1 changed, 1 as they were. 1 row refused: mend and import the file again.\n",
    );
    expect(err).toContain(`${file}:4: place: 'Atlantis' is not known. Write KZ for the country`);
  });

  test("is what a list of events is sent to that was given to 'import'", async () => {
    const file = join(folder.path, "lost.csv");
    writeFileSync(file, "id,kind,sanctioned,place,title,start,end,precision,source\n");
    const { code, err } = await run(["import", file, "--data", data]);
    expect(code).toBe(65);
    expect(err).toContain(`kuager collector event import ${file}`);
  });

  test("names a file that cannot be read", async () => {
    await expect(run(["event", "import", "/nowhere/x.csv", "--data", data])).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringContaining("/nowhere/x.csv"),
    });
  });
});

test("kuager collector serve says in one line of JSON where it listens, and ends with 0 when told to stop", async () => {
  const port = await freePort();
  const stop = new AbortController();
  const serving = run(["serve", "--data", data, "--port", String(port)], stop.signal);
  await until("it answers", () => healthy(`http://127.0.0.1:${port}`));
  stop.abort();
  const { code, out } = await serving;
  expect(code).toBe(0);
  const lines = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === "listening")).toMatchObject([{ port, url: `http://127.0.0.1:${port}` }]);
});

describe("kuager collector revoke", () => {
  test("says when there is no such probe", async () => {
    await expect(run(["revoke", "a".repeat(32), "--data", data])).rejects.toMatchObject({ code: "failed" });
  });

  test("revokes a probe that joined", async () => {
    const port = await freePort();
    const stop = new AbortController();
    const serving = run(["serve", "--data", data, "--port", String(port)], stop.signal);
    await until("it answers", () => healthy(`http://127.0.0.1:${port}`));
    const probe = createTestProbe();
    const { code } = JSON.parse((await run(["invite", "--json", "--data", data])).out);
    await joinCollector(`http://127.0.0.1:${port}`, probe, code);
    expect(await run(["revoke", probe.id, "--data", data])).toMatchObject({ code: 0 });
    stop.abort();
    await serving;
  });
});

describe("kuager collector export", () => {
  test("writes an archive whose every line is of the published form, with keys and signatures", async () => {
    const collector = await startCollector({ keep: true });
    const probe = await collector.probe();
    await post(collector.url, packed(probe.batch([probe.write(), probe.write(webDraft())])));
    await collector.close();
    const { code, out } = await run(["export", "--data", collector.folder]);
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const line of lines) expect(() => ArchiveLine.parse(line)).not.toThrow();
    const types = new Set(lines.map(({ type }) => type));
    expect(types).toEqual(new Set(["probe", "target", "event", "presence", "entry"]));
    expect(lines.find(({ type }) => type === "probe")).toMatchObject({ id: probe.id, publicKey: probe.publicKey });
    const entries = lines.filter(({ type }) => type === "entry");
    expect(
      followChain(
        CHAIN_START,
        entries.map(({ entry }) => entry),
      ).fault,
    ).toBeNull();
    const { entry, signature } = entries.at(-1);
    expect(verifyText(probe.publicKey, "journal", entryHash(entry), signature)).toBe(true);
    const file = join(folder.path, "archive.ndjson.gz");
    await run(["export", "--data", collector.folder, "--out", file, "--from", "2020-01-01"]);
    expect(gunzipSync(readFileSync(file)).toString().trim().split("\n").length).toBeGreaterThan(100);
  });

  test("names a file that cannot be written", async () => {
    await expect(run(["export", "--data", data, "--out", "/nowhere/a.ndjson"])).rejects.toMatchObject({
      code: "cannot_write",
      message: expect.stringContaining("/nowhere/a.ndjson"),
    });
  });
});
