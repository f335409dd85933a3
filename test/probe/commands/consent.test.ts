import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { runProbeCommand } from "../../../probe/cli.ts";
import { consentText } from "../../../probe/consent/text.ts";
import { fakeIo, folders } from "../support.ts";
import { type Double, startDouble } from "../uplink/collector-double.ts";

const temporary = folders();
const doubles: Double[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});
afterAll(temporary.clean);

async function say(...words: string[]) {
  const { io, out } = fakeIo();
  expect(await runProbeCommand(words, io)).toBe(0);
  return out();
}

it("shows the text again, and what was agreed to, in the language of then", async () => {
  const config = { heartbeatS: 5, roundS: 60, linkS: 5, list: { version: "v1", targets: [], anchors: [] } };
  const double = await startDouble({ publicKey: "", config });
  doubles.push(double);
  const data = join(temporary.make(), "probe");
  const before = await say("consent", "--data", data, "--lang", "ru");
  expect(before).toContain(consentText("ru").title);
  expect(before).toContain("никто не соглашался");
  const { io } = fakeIo();
  await runProbeCommand(["join", `GOOD-CODE-2022@${double.url}`, "--yes", "--lang", "kk", "--data", data], io);
  const after = await say("consent", "--data", data);
  expect(after).toContain(consentText("kk").title);
  expect(after).toMatch(/келістіңіз/);
  expect(JSON.parse(await say("consent", "--json", "--data", data))).toMatchObject({
    language: "kk",
    agreed: { risk: 2 },
  });
});
