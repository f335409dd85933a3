import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { loadMembership } from "../../../probe/membership/membership.ts";
import { check } from "../../../protocol/parse.ts";
import { Entry } from "../../../protocol/records/entry.ts";
import type { Target } from "../../../protocol/target.ts";
import { fakeIo, folders } from "../support.ts";
import { type Double, startDouble } from "../uplink/collector-double.ts";

const temporary = folders();
const doubles: Double[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});
afterAll(temporary.clean);

const target = (id: string, risk: 1 | 2 | 3 = 1): Target => ({
  id,
  url: `http://${id}/`,
  category: "social",
  names: { kk: id, ru: id, en: id },
  why: "test",
  source: "test",
  hostedIn: null,
  risk,
  kind: "web",
});
const targets = [target("new.test"), target("risky.test", 3)];
const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets, anchors: [] } };

async function joins(answer: readonly string[] | null, ...flags: string[]) {
  const double = await startDouble({ publicKey: "", config });
  doubles.push(double);
  const data = join(temporary.make(), "probe");
  const given = fakeIo({ answer });
  const code = await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--data", data, ...flags], given.io);
  return { data, code, ...given };
}
const say = async (...words: string[]) => {
  const { io, out } = fakeIo();
  await runProbeCommand(words, io);
  return out();
};

/** Answers to the questions on the text. */
const RIGHT = ["yes", "yes", "no"];

describe("choices at joining", () => {
  it("are asked in plain words, and Enter takes the usual ones, the risky sites off", async () => {
    const { data, questions } = await joins(["yes", ...RIGHT]);
    expect(questions).toHaveLength(11);
    expect(loadMembership(data)).toMatchObject({
      agreed: { risk: 2, without: [] },
      limits: { metered: false },
    });
  });

  it("are kept as answered, and what is not understood is asked again", async () => {
    const answers = ["да", ...RIGHT, "да", "да", "1, 2", "да", "много", "50", "1000,5", "22:00-06:30"];
    const { data, questions } = await joins(answers, "--lang", "ru");
    expect(questions).toHaveLength(12);
    const { agreed, limits } = loadMembership(data) ?? {};
    expect(limits).toEqual({ metered: true, dayMb: 50, monthMb: 1000.5, quiet: "22:00-06:30" });
    expect([agreed?.risk, agreed?.without.length]).toEqual([3, 2]);
  });

  it("said by flags are not asked for, and with --yes nothing is", async () => {
    const flags = ["--budget-mb", "20", "--budget-month-mb", "300", "--quiet", "23:00-07:00", "--metered"];
    const { data, questions } = await joins(null, "--yes", "--risk", "1", ...flags);
    expect(questions).toEqual([]);
    const limits = { dayMb: 20, monthMb: 300, quiet: "23:00-07:00", metered: true };
    expect(loadMembership(data)).toMatchObject({ agreed: { risk: 1 }, limits });
    expect(JSON.parse(await say("status", "--data", data, "--json")).allowance).toMatchObject({
      dayLeftMb: 20,
      monthLeftMb: 300,
      quiet: "23:00-07:00",
    });
  });

  it.each([
    ["--quiet", "night"],
    ["--quiet", "7-8"],
    ["--budget-month-mb", "-1"],
  ])("refuses %s %s", async (...flag) => {
    await expect(joins(null, "--yes", ...flag)).rejects.toEqual(expect.objectContaining({ code: "usage" }));
  });
});

describe("sites that came after consent", () => {
  it("are told at joining and by status, and can be taken out and brought back", async () => {
    const { data, err } = await joins(null, "--yes");
    expect(err()).toContain("did not show: new.test.");
    expect(await say("status", "--data", data)).toContain("Sites added since you agreed: new.test.");
    expect(await say("sites", "--data", data)).toContain("Sites that are checked from here: 1");
    await say("sites", "--without", "new.test", "--data", data);
    expect(JSON.parse(await say("sites", "--data", data, "--json"))).toEqual({
      measured: [],
      without: ["new.test"],
      added: [],
    });
    expect(await say("sites", "--with", "new.test", "--data", data)).not.toContain("left out by you");
    await expect(say("sites", "--without", "no.test", "--data", data)).rejects.toEqual(
      expect.objectContaining({ code: "usage" }),
    );
  });
});

describe("a trial", () => {
  it("before joining prints entries as they would travel, asks no collector and keeps nothing", async () => {
    const data = join(temporary.make(), "probe");
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("kuager-dry-"));
    const { io, out, err } = fakeIo({ answer: ["yes"] });
    expect(await runProbeCommand(["join", "--dry-run", "--data", data], io)).toBe(0);
    const kinds = entriesOf(out()).map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(["start", "link"]);
    expect(kinds.filter((kind) => kind === "web")).toHaveLength(3);
    expect(err()).toContain("Nothing was sent, nothing was kept.");
    expect(existsSync(data)).toBe(false);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("kuager-dry-"))).toEqual(before);
  });

  it("is not made without consent", async () => {
    const { io, out } = fakeIo({ answer: ["no"] });
    expect(await runProbeCommand(["join", "--dry-run"], io)).toBe(1);
    expect(out()).toBe("");
  });

  it("of a probe that has joined measures what was agreed to, and its journal is not touched", async () => {
    const { data } = await joins(null, "--yes");
    const before = readdirSync(data).map((name) => [name, readFileSync(join(data, name), "utf8")]);
    const { io, out } = fakeIo();
    expect(await runProbeCommand(["run", "--dry-run", "--data", data], io)).toBe(0);
    const measured = entriesOf(out()).flatMap((entry) => (entry.kind === "web" ? [entry.body.target] : []));
    expect(measured).toEqual(["new.test"]);
    expect(readdirSync(data).map((name) => [name, readFileSync(join(data, name), "utf8")])).toEqual(before);
  });
});

function entriesOf(text: string): Entry[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const entry = check(Entry, JSON.parse(line));
      if (!entry.ok) throw new Error(entry.problems.join("; "));
      return entry.value;
    });
}
