import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runKuager, temporaryFolder } from "./processes.ts";

const folder = temporaryFolder();
const file = join(folder.path, "not-a-folder");
writeFileSync(file, "");
afterAll(folder.remove);

const CASES: readonly { what: string; args: readonly string[]; code: number; says: RegExp }[] = [
  { what: "no command", args: [], code: 2, says: /kuager probe join/ },
  { what: "an unknown command", args: ["prob"], code: 2, says: /no command 'prob'/ },
  { what: "an unknown probe command", args: ["probe", "jion"], code: 2, says: /jion/ },
  { what: "an unknown flag", args: ["probe", "measure", "https://a.test/", "--fast"], code: 2, says: /--fast/ },
  { what: "a malformed URL", args: ["probe", "measure", "http://"], code: 2, says: /URL|address/i },
  { what: "a URL of another scheme", args: ["probe", "measure", "ftp://a.test/"], code: 2, says: /ftp|http/ },
  { what: "a port that is none", args: ["collector", "serve", "--port", "http"], code: 2, says: /port/ },
  {
    what: "a region that is none",
    args: ["collector", "invite", "--region", "Almaty", "--data", join(folder.path, "c")],
    code: 2,
    says: /KZ-75/,
  },
  {
    what: "a measurement file that is missing",
    args: ["classify", "--measurement", join(folder.path, "none.json")],
    code: 65,
    says: /none\.json/,
  },
  {
    what: "a measurement file that is no JSON",
    args: ["classify", "--measurement", file],
    code: 65,
    says: /not-a-folder/,
  },
  {
    what: "a collector folder that cannot be",
    args: ["collector", "serve", "--data", join(file, "c"), "--port", "0"],
    code: 73,
    says: /not-a-folder/,
  },
  {
    what: "a probe folder that cannot be",
    args: [
      "probe",
      "join",
      "AAAA-BBBB-CCCC-DDDD",
      "--collector",
      "http://127.0.0.1:9",
      "--yes",
      "--data",
      join(file, "p"),
    ],
    code: 73,
    says: /not-a-folder/,
  },
  { what: "running before joining", args: ["probe", "run", "--data", join(folder.path, "p")], code: 78, says: /join/ },
  {
    what: "a region that there is not",
    args: ["collector", "invite", "--region", "KZ-99", "--data", join(folder.path, "c")],
    code: 2,
    says: /KZ-99/,
  },
  {
    what: "a witness abroad",
    args: ["collector", "invite", "--region", "DE", "--data", join(folder.path, "c")],
    code: 2,
    says: /--role control/,
  },
  {
    what: "an invite from a folder without a collector",
    args: ["collector", "invite", "--data", join(folder.path, "none")],
    code: 78,
    says: /no collector/,
  },
];

test.for(CASES)("$what ends with exit code $code and says what to do", async ({ args, code, says }) => {
  const ended = await runKuager(args);
  expect(ended.stderr).toMatch(says);
  expect(ended.code).toBe(code);
  expect(ended.stderr).not.toMatch(/fault of ours/);
});

test("a port in use ends with exit code 75 and names the port", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const ended = await runKuager(["collector", "serve", "--data", join(folder.path, "d"), "--port", String(port)]);
  taken.close();
  expect(ended.code).toBe(75);
  expect(ended.stderr).toContain(String(port));
  expect(ended.stderr).toContain("--port");
});
