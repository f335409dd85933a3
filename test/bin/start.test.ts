import { spawn } from "node:child_process";
import { type AddressInfo, createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A port of this machine that is in use while a test runs. */
async function portInUse(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has such an address.
  return (server.address() as AddressInfo).port;
}

test("npm start on a port in use offers one that is free and given for nothing else, and keeps the other words", async () => {
  const port = await portInUse();
  const admin = port + 1;
  const { code, out } = await run(
    "bin/start.mjs",
    `--port=${port}`,
    "--admin-port",
    String(admin),
    "--data",
    "my folder",
    "--no-probe",
  );
  expect(code).toBe(75);
  const [, offered] = /npm start -- --port=(\d+) --admin-port (?:\d+) --data 'my folder' --no-probe$/m.exec(out) ?? [];
  expect(Number(offered)).toBeGreaterThan(admin);
  expect(out).toContain(`--admin-port ${admin}`);
});

test("npm start on a port in use says so before anything is built", async () => {
  const port = await portInUse();
  const { code, out } = await run("bin/start.mjs", "--no-probe", "--port", String(port), "--yes");
  expect(code).toBe(75);
  expect(out).toMatch(/npm start -- --no-probe --port \d+ --yes$/m);
  expect(out.trim().split("\n")).toHaveLength(1);
});

/** Runs a script of this project in its own process, to its end. */
function run(script: string, ...words: string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...words], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (out += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out }));
  });
}
