import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { createMeasurer, type MeasurerOptions } from "../../../probe/measurer/measurer.ts";
import { measurerProgram } from "../../../probe/measurer/program.ts";
import type { Target } from "../../../protocol/target.ts";
import { nextAddress, type Origin, page, startOrigin } from "../../world/index.ts";
import { folders, listeningLog, until } from "../support.ts";

const ends: (() => unknown)[] = [];
const temporary = folders();
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(temporary.clean);

const ROUND = "6f1c2d3e-4b5a-4c6d-8e7f-0123456789ab";
const calm = () => new AbortController().signal;

function measurer(more: Partial<MeasurerOptions> = {}) {
  const { log, lines } = listeningLog();
  const manner = {
    publicResolvers: [],
    doh: [],
    ca: [],
    allowPrivate: true,
    controlSni: "innocent.test",
    blockPages: [],
  };
  const made = createMeasurer({ manner, env: process.env, mayFollowUp: () => false, log, ...more });
  ends.push(made.close);
  return { ...made, lines };
}

async function origin(answer: Parameters<typeof startOrigin>[1]): Promise<Origin> {
  const started = await startOrigin({ address: nextAddress() }, answer);
  ends.push(started.close);
  return started;
}

function targetOf({ address, port }: Pick<Origin, "address" | "port">, id = `${address}.test`): Target {
  const said = { names: { kk: id, ru: id, en: id }, why: "test", source: "test", hostedIn: null } as const;
  return { id, url: `http://${address}:${port}/`, category: "social", ...said, risk: 1, kind: "web" };
}

/** Processes whose parent is `pid`. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => parentOf(one) === pid);
}

function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return null;
  }
}

const measuring = () =>
  childrenOf(process.pid).filter((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("measurer"));
const isThere = (pid: number) =>
  existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");

/** A program that takes the measurer's place. */
function stand(code: string): string[] {
  const file = join(temporary.make(), "measurer.cjs");
  writeFileSync(file, code);
  return [file];
}

describe("measuring in a process of its own", () => {
  test("brings the record of a site, and ends with nothing left once nothing more is asked", async () => {
    const site = await origin(() => ({ body: page("A site") }));
    let rested = 0;
    const { web } = measurer({ lingerMs: 50, onRest: () => rested++ });
    const bodies = await Promise.all([
      web(targetOf(site), ROUND, calm()),
      web(targetOf(site, "b.test"), ROUND, calm()),
    ]);
    expect(bodies.map(({ target, http }) => [target, http[0]?.title])).toEqual([
      [`${site.address}.test`, "A site"],
      ["b.test", "A site"],
    ]);
    await until("the process is gone", () => measuring().length === 0);
    expect(rested).toBe(1);
    expect((await web(targetOf(site), ROUND, calm())).http[0]?.status).toBe(200);
  });

  test("asks once whether a closer look is allowed, and looks closer when it is", async () => {
    const site = await origin(() => "reset");
    const asked: string[] = [];
    const once = (target: string) => asked.push(target) === 1;
    const { web } = measurer({ mayFollowUp: once });
    const first = await web(targetOf(site), ROUND, calm());
    const second = await web(targetOf(site), ROUND, calm());
    expect([first, second].map(({ http }) => http.filter(({ purpose }) => purpose !== undefined).length)).toEqual([
      1, 0,
    ]);
    expect(asked).toEqual([`${site.address}.test`, `${site.address}.test`]);
  });

  test("killed with -9 costs what was under way and nothing else: the next one is measured by another process", async () => {
    const [quick, silent] = [await origin(() => ({})), await origin(() => "silence")];
    const { web, lines } = measurer();
    const done = web(targetOf(quick), ROUND, calm());
    const lost = web(targetOf(silent), ROUND, calm()).catch((error: Error) => error);
    expect((await done).http[0]?.status).toBe(200);
    await until("the silent one is asked", () => silent.asked.length > 0);
    const [pid = 0] = measuring();
    process.kill(pid, "SIGKILL");
    expect(await lost).toMatchObject({ code: "fault", message: "the measuring process died" });
    expect((await web(targetOf(quick), ROUND, calm())).http[0]?.status).toBe(200);
    expect(measuring()).not.toContain(pid);
    expect(lines.filter(({ msg }) => msg === "the measuring process died")).toHaveLength(1);
  });

  test("says within two seconds what it saw of a measurement that is broken off", async () => {
    const silent = await origin(() => "silence");
    const { web } = measurer();
    const stop = new AbortController();
    const broken = web(targetOf(silent), ROUND, stop.signal);
    await until("the site is asked", () => silent.asked.length > 0);
    stop.abort();
    expect((await broken).http[0]).toMatchObject({ failure: "interrupted" });
    await expect(web(targetOf(silent), ROUND, stop.signal)).rejects.toMatchObject({ name: "AbortError" });
  });

  test("leaves the signals of a terminal or a service manager to the probe", async () => {
    const site = await origin(() => ({}));
    const { web } = measurer();
    await web(targetOf(site), ROUND, calm());
    const [pid = 0] = measuring();
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.kill(pid, name);
    expect((await web(targetOf(site), ROUND, calm())).http[0]?.status).toBe(200);
    expect(measuring()).toEqual([pid]);
  });

  test("is gone when the probe is killed with -9, also in the middle of a measurement", async () => {
    const silent = await origin(() => "silence");
    const program = `
      const { createMeasurer } = await import(${JSON.stringify(new URL("../../../dist/probe/measurer/measurer.js", import.meta.url).href)});
      const log = { warn() {} };
      const manner = { publicResolvers: [], doh: [], ca: [], allowPrivate: true, controlSni: "a.test", blockPages: [] };
      const { web } = createMeasurer({ manner, env: process.env, mayFollowUp: () => false, log });
      web(${JSON.stringify(targetOf(silent))}, ${JSON.stringify(ROUND)}, new AbortController().signal);
    `;
    const probe = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" });
    ends.push(() => probe.kill("SIGKILL"));
    await until("it measures", () => silent.asked.length > 0);
    const inside = childrenOf(probe.pid ?? 0);
    expect(inside).toHaveLength(1);
    probe.kill("SIGKILL");
    await once(probe, "exit");
    await until("its process is gone", () => !inside.some(isThere));
  });

  test("that does not answer is ended, and after three deaths in a row nothing is started for a while", async () => {
    const program = stand('process.on("message", () => {})');
    const { web } = measurer({ program, answerMs: 50 });
    const site = { address: "127.0.0.1", port: 1 };
    for (let count = 0; count < 3; count++)
      await expect(web(targetOf(site), ROUND, calm())).rejects.toMatchObject({ message: "the measuring process died" });
    await expect(web(targetOf(site), ROUND, calm())).rejects.toMatchObject({ message: /too often/ });
    await until("none is left", () =>
      childrenOf(process.pid).every((pid) => !readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(program[0] ?? "?")),
    );
  });

  test("that says what is no record is not believed", async () => {
    const lie =
      'process.on("message", ({ t, id }) => t === "measure" && process.send({ t: "done", id, body: { target: 7 } }))';
    const { web } = measurer({ program: stand(lie) });
    await expect(web(targetOf({ address: "127.0.0.1", port: 1 }), ROUND, calm())).rejects.toMatchObject({
      code: "fault",
      message: /no record: .*target/,
    });
  });

  test("is not given the passphrase, the proxy or the service manager's socket", async () => {
    const tell =
      'process.on("message", ({ t, id }) => t === "measure" && process.send({ t: "fault", id, text: JSON.stringify(process.env) }))';
    const secrets = { KUAGER_PASSPHRASE_FILE: "a", KUAGER_PROXY: "socks5h://u:p@h", NOTIFY_SOCKET: "c" };
    const { web } = measurer({ program: stand(tell), env: { ...process.env, ...secrets, HTTPS_PROXY: "kept" } });
    const said = await web(targetOf({ address: "127.0.0.1", port: 1 }), ROUND, calm()).catch(
      ({ message }: Error) => message,
    );
    const env: unknown = JSON.parse(String(said));
    expect(env).toMatchObject({ HTTPS_PROXY: "kept" });
    for (const name of Object.keys(secrets)) expect(env).not.toHaveProperty(name);
  });

  test("runs from the file that the build made", () => {
    expect(measurerProgram()).toEqual([expect.stringMatching(/dist\/probe\/measurer\/main\.js$/)]);
  });
});
