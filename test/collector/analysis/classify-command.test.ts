import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runClassifyCommand } from "../../../collector/commands/classify-command.ts";
import { errorCode } from "../../../protocol/coded-error.ts";
import type { Io } from "../../../protocol/command-line.ts";
import { okPage, tcpTimeout, tlsDrop } from "./build.ts";

let dir = "";
const path = (name: string) => join(dir, name);
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "kuager-classify-"));
  writeFileSync(path("drop.json"), JSON.stringify({ body: tlsDrop(), local: [] }));
  writeFileSync(path("down.json"), JSON.stringify({ body: tcpTimeout("https://zakon.kz/"), local: [] }));
  writeFileSync(path("inside.json"), JSON.stringify({ body: tcpTimeout("https://vlast.kz/") }));
  writeFileSync(path("inside-ok.json"), JSON.stringify({ body: okPage("https://vlast.kz/") }));
  writeFileSync(path("shut.json"), JSON.stringify({ body: tcpTimeout() }));
  writeFileSync(path("vpn.json"), JSON.stringify({ body: tlsDrop(), local: [{ kind: "vpn", says: "tun0" }] }));
  writeFileSync(path("ok.json"), JSON.stringify({ body: { ...okPage(), url: "https://orda.kz" } }));
  writeFileSync(path("broken.json"), "{");
  writeFileSync(path("wrong.json"), JSON.stringify({ body: { ...okPage(), durationMs: "long" } }));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function kuager(...argv: string[]): Promise<{ exit: number; out: string }> {
  const printed: string[] = [];
  const io: Io = {
    out: (text) => void printed.push(text),
    err: () => {},
    ask: async () => null,
    env: {},
    signal: new AbortController().signal,
  };
  const exit = await runClassifyCommand(argv, io);
  return { exit, out: printed.join("") };
}

async function refusal(...argv: string[]): Promise<{ code: string | null; message: string }> {
  const error: unknown = await kuager(...argv).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { code: errorCode(error), message: error instanceof Error ? error.message : "" };
}

describe("kuager classify", () => {
  it("prints the verdict as JSON", async () => {
    const { exit, out } = await kuager("--measurement", path("drop.json"), "--control", path("ok.json"), "--json");
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      code: "tls_drop",
      stage: "tls",
      strength: "self-evident",
      rule: "tls-name-rule",
    });
  });

  it("says the same in words", async () => {
    const { out } = await kuager("--measurement", path("drop.json"));
    expect(out).toMatch(
      /^tls_drop \(self-evident; rule tls-name-rule, version \d+\)\n {2}- silence after ClientHello \(steps 4\)\n/,
    );
  });

  it("where the site is hosted decides how a failure abroad is read", async () => {
    const argv = ["--measurement", path("down.json"), "--control", path("down.json"), "--json"];
    expect(JSON.parse((await kuager(...argv, "--hosted-in", "kz")).out)).toMatchObject({ code: "origin_side" });
    expect(JSON.parse((await kuager(...argv, "--hosted-in", "DE")).out)).toMatchObject({ code: "site_down" });
  });

  it("a control inside calls a site inside up, and says nothing of a site abroad that it does not reach", async () => {
    const judged = async (...argv: string[]) => JSON.parse((await kuager(...argv, "--json")).out).code;
    const inside = ["--measurement", path("inside.json"), "--control", path("inside.json"), "--hosted-in", "KZ"];
    expect(await judged(...inside)).toBe("origin_side");
    expect(await judged(...inside, "--control-inside", path("inside-ok.json"))).toBe("tcp_block");
    const abroad = ["--measurement", path("shut.json"), "--control", path("ok.json"), "--hosted-in", "DE"];
    expect(await judged(...abroad, "--control", path("shut.json"))).toBe("inconclusive");
    expect(await judged(...abroad, "--control-inside", path("shut.json"))).toBe("tcp_block");
  });

  it("suspects found on the host are heard", async () => {
    const { out } = await kuager("--measurement", path("vpn.json"), "--json");
    expect(JSON.parse(out)).toMatchObject({ code: "local_interference" });
  });

  it("a bad file is named with what is wrong", async () => {
    expect(await refusal("--measurement", path("missing.json"))).toMatchObject({
      code: "bad_input",
      message: expect.stringMatching(/missing\.json: cannot be read/),
    });
    expect(await refusal("--measurement", dir)).toMatchObject({ code: "bad_input" });
    expect(await refusal("--measurement", path("broken.json"))).toMatchObject({
      code: "bad_input",
      message: expect.stringMatching(/broken\.json: .*not JSON/),
    });
    expect(await refusal("--measurement", path("wrong.json"))).toMatchObject({
      code: "bad_input",
      message: expect.stringMatching(/wrong\.json: .*body\.durationMs/),
    });
    expect(await refusal("--measurement", path("drop.json"), "--control", path("down.json"))).toMatchObject({
      code: "bad_input",
      message: expect.stringMatching(/must have measured the same URL/),
    });
  });

  it("wrong words are usage errors", async () => {
    expect(await refusal()).toMatchObject({ code: "usage" });
    expect(await refusal("--mesurement", "x")).toMatchObject({ code: "usage" });
    expect(await refusal("--measurement", path("ok.json"), "--country", "Kazakhstan")).toMatchObject({ code: "usage" });
    expect(await refusal("--ooni", "x")).toMatchObject({ code: "bad_input" });
    expect(await refusal("--ooni", "x", "--control", path("ok.json"))).toMatchObject({ code: "usage" });
  });

  it("--help prints the words and succeeds", async () => {
    const { exit, out } = await kuager("--help");
    expect([exit, out.includes("--hosted-in")]).toEqual([0, true]);
  });
});
