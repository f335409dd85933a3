import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { runProbeCommand } from "../../probe/cli.ts";
import { createClock } from "../../probe/clock.ts";
import { loadIdentity } from "../../probe/identity/identity.ts";
import { type Database, openAsIs, openForReading } from "../../probe/journal/database.ts";
import { askForRecovery } from "../../probe/journal/marks.ts";
import { openRecovered } from "../../probe/journal/open-recovered.ts";
import { unpackText } from "../../probe/journal/packed-text.ts";
import { prepareRows } from "../../probe/journal/rows.ts";
import { entryCipherOf } from "../../probe/vault.ts";
import { CHAIN_START, followChain } from "../../protocol/chain.ts";
import { Entry } from "../../protocol/records/entry.ts";
import { fakeIo, folders, linkBody, SILENT, webBody } from "./support.ts";
import { type Double, startDouble } from "./uplink/collector-double.ts";

const temporary = folders();
const doubles: Double[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});
afterAll(temporary.clean);

const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } };

/** Joins a folder, with the passphrase if one is given, and has some records written. */
async function joined(passphrase: string | null) {
  const double = await startDouble({ publicKey: "", config });
  doubles.push(double);
  const folder = temporary.make();
  const data = join(folder, "probe");
  const file = join(folder, "passphrase");
  writeFileSync(file, `${passphrase ?? "unused"}\n`);
  const opening = passphrase === null ? [] : ["--passphrase-file", file];
  const run = async (command: string, words: string[] = [], given: string[] = opening) => {
    const { io, out, err } = fakeIo();
    const code = await runProbeCommand([command, ...words, "--data", data, ...given], io);
    return { code, out: out(), err: err() };
  };
  expect((await run("join", ["GOOD-CODE-2022", "--collector", double.url, "--yes"])).code).toBe(0);
  const identity = loadIdentity(data);
  if (identity === null) throw new Error("not joined");
  write(data, 5);
  return { data, file, identity, run };
}

function write(data: string, count: number) {
  const identity = loadIdentity(data);
  if (identity === null) throw new Error("not joined");
  const opened = openRecovered({ folder: data, clock: createClock(), log: SILENT }, identity);
  for (let number = 0; number < count; number++)
    opened.journal.append({ kind: "web", body: webBody(`secret-${number}.org`) });
  opened.journal.append({ kind: "link", body: linkBody() }, { urgent: true });
  opened.journal.close();
  return opened.identity;
}

function textsOf(database: Database | null): string[] {
  const texts = database === null ? [] : [...prepareRows(database).after(0, 100)].map(({ text }) => text);
  database?.close();
  return texts;
}

function everyByte(data: string): Record<string, string> {
  return Object.fromEntries(readdirSync(data).map((name) => [name, readFileSync(join(data, name), "latin1")]));
}

describe("a folder joined with a passphrase", () => {
  it("keeps the key encrypted and no text of a record readable, and every command reads it", async () => {
    const { data, identity, run } = await joined("correct horse");
    expect(readFileSync(join(data, "identity.pem"), "utf8")).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    for (const [name, bytes] of Object.entries(everyByte(data)))
      expect([name, bytes.includes("secret-")]).toEqual([name, false]);
    const results = JSON.parse((await run("results", ["--json"])).out);
    expect(JSON.stringify(results)).toContain("secret-4.org");
    expect(JSON.parse((await run("status", ["--json"])).out)).toMatchObject({
      entries: 6,
      line: { state: "international" },
    });
    const path = join(data, "..", "records.bin");
    expect((await run("export", [path, "--plain"])).code).toBe(0);
    const entries = textsOf(openForReading(data)).map((text) => Entry.parse(JSON.parse(text)));
    expect(entries.every(({ probe }) => probe === identity.probe)).toBe(true);
    expect(followChain(CHAIN_START, entries)).toMatchObject({ head: { seq: 6 }, fault: null });
  });

  it("refuses a wrong passphrase and none at all, and changes nothing", async () => {
    const { data, file, run } = await joined("correct horse");
    const before = everyByte(data);
    writeFileSync(file, "wrong horse\n");
    for (const command of ["run", "status", "results", "doctor", "leave"]) {
      await expect(run(command)).rejects.toMatchObject({
        code: "config",
        message: expect.stringMatching(/not the passphrase/),
      });
      await expect(run(command, [], [])).rejects.toMatchObject({
        code: "config",
        message: expect.stringMatching(/sealed with/),
      });
    }
    await expect(run("export", [join(data, "x.bin")])).rejects.toMatchObject({ code: "config" });
    rmSync(file);
    await expect(run("status")).rejects.toMatchObject({
      code: "config",
      message: expect.stringMatching(/holds no passphrase/),
    });
    expect(everyByte(data)).toEqual(before);
  });

  it("saves what can be read of a damaged journal, sealed as before, under a new encrypted key", async () => {
    const { data, identity } = await joined("correct horse");
    const before = textsOf(openForReading(data));
    askForRecovery(data, "damaged");
    const next = write(data, 2);
    expect(next.probe).not.toBe(identity.probe);
    for (const name of ["identity.pem", "identity-1.pem"])
      expect(readFileSync(join(data, name), "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    expect(before).toHaveLength(6);
    expect(textsOf(openAsIs(join(data, "journal-saved-1.sqlite")))).toEqual(before);
    for (const [name, bytes] of Object.entries(everyByte(data)))
      expect([name, bytes.includes("secret-")]).toEqual([name, false]);
  });

  it("is erased whole without its passphrase", async () => {
    const { data, run } = await joined("correct horse");
    expect((await run("wipe", ["--yes"], [])).code).toBe(0);
    expect(existsSync(data)).toBe(false);
  });

  it("opens no text in another place than its own, nor a changed one", async () => {
    const { data } = await joined("correct horse");
    const cipher = entryCipherOf(data);
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), fc.nat(), (bytes, seq, place) => {
        const data = Buffer.from(bytes);
        const stored = cipher.seal(seq, data);
        expect(cipher.open(seq, stored)).toEqual(data);
        expect(cipher.open(seq + 1, stored)).toBeNull();
        const at = place % stored.length;
        stored.writeUInt8(stored.readUInt8(at) ^ 1, at);
        expect(cipher.open(seq, stored)).toBeNull();
      }),
    );
  });
});

describe("a folder joined without a passphrase", () => {
  it("stays plain when one is given later", async () => {
    const { data, file, run } = await joined(null);
    expect((await run("status", ["--json"], ["--passphrase-file", file])).code).toBe(0);
    expect(existsSync(join(data, "vault.json"))).toBe(false);
    expect(readFileSync(join(data, "identity.pem"), "utf8")).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    const database = openAsIs(join(data, "journal.sqlite"));
    const stored = database.prepare<[], Buffer>("SELECT text FROM entry ORDER BY seq").pluck().all();
    database.close();
    expect(stored.map((packed) => unpackText(packed)).join("")).toContain("secret-");
  });
});
