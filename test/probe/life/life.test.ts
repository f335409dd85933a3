import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createClock } from "../../../probe/clock.ts";
import { makeIdentity } from "../../../probe/identity/identity.ts";
import { Journal } from "../../../probe/journal/journal.ts";
import { startLife } from "../../../probe/life/life.ts";
import { batteryPercent, powerSource } from "../../../probe/life/power.ts";
import { addBeat, aliveBody, firstBeat, isBroken } from "../../../probe/life/stretch.ts";
import type { StartBody } from "../../../protocol/records/life.ts";
import { folders, SILENT } from "../support.ts";

const LIVING = fileURLToPath(new URL("../../../dist/test/probe/life/living.js", import.meta.url));
const temporary = folders();
afterAll(temporary.clean);

/** A host whose boot id is a file, and the probe's life on it as processes. */
function host() {
  const root = temporary.make();
  const [folder, bootIdPath] = [join(root, "data"), join(root, "boot_id")];
  const boot = (id: string) => writeFileSync(bootIdPath, `${id}\n`);
  boot("boot-1");
  return {
    boot,
    /** Runs until the first beat is on the disk, then ends it so. */
    live: async (software: string, end: "SIGKILL" | "SIGTERM") => {
      const child = spawn(process.execPath, [LIVING, folder, bootIdPath, software], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exit = once(child, "exit");
      await once(child.stdout, "data");
      child.kill(end);
      await exit;
    },
    /** What the next start finds. */
    start: (software: string): StartBody => {
      const clock = createClock({ bootIdPath });
      const { probe } = makeIdentity(folder);
      const journal = new Journal({ folder, probe, clock, log: SILENT });
      startLife({ journal, clock, heartbeatS: () => 30, software }).close();
      const row = journal.last("start");
      journal.close();
      return (JSON.parse(row?.text ?? "{}") as { body: StartBody }).body;
    },
  };
}

describe("a start tells how the run before ended", () => {
  it.each([
    ["crash", "killed in the same boot", "SIGKILL", "boot-1", "kuager/1", "unclean"],
    ["update", "killed, and other software in the same boot", "SIGKILL", "boot-1", "kuager/2", "unclean"],
    ["power-or-reboot", "no farewell and another boot", "SIGKILL", "boot-2", "kuager/1", "unclean"],
    ["stopped", "told to stop in the same boot", "SIGTERM", "boot-1", "kuager/1", "clean"],
    ["shutdown", "told to stop, and another boot", "SIGTERM", "boot-2", "kuager/1", "clean"],
    ["update", "told to stop, and other software", "SIGTERM", "boot-1", "kuager/2", "clean"],
  ] as const)("%s: %s", async (how, _what, signal, boot, software, end) => {
    const one = host();
    await one.live("kuager/1", signal);
    one.boot(boot);
    const { previous } = one.start(software);
    expect(previous).toMatchObject({ how, end, boot: "boot-1", software: "kuager/1" });
    expect(previous.reason).toBe(end === "clean" ? "stopped" : undefined);
    expect(Date.parse(previous.lastAliveAt ?? "")).toBeLessThanOrEqual(Date.now());
    if (boot === "boot-1") expect(previous.silentMs).toBeGreaterThanOrEqual(0);
  });

  it("nothing is claimed of a run before the first", () => {
    expect(host().start("kuager/1").previous).toEqual({ end: "first", lastAliveAt: null, how: "first" });
  });
});

describe("heartbeats", () => {
  const beat = { wallMs: 1e12, mono: 1000, slept: 0, power: "mains" } as const;
  const later = (more = {}) => ({ ...beat, wallMs: beat.wallMs + 30_000, mono: beat.mono + 30_000, ...more });

  it("follow one another while both clocks agree", () => {
    expect(isBroken(beat, later(), 30_000)).toBe(false);
    expect(aliveBody(addBeat(firstBeat(beat, null), later()))).toMatchObject({
      beats: 2,
      fromMono: 1000,
      toMono: 31_000,
    });
  });

  it.each([
    ["the wall clock was set a year on", { wallMs: beat.wallMs + 31_536_030_000 }, { clockSetMs: 31_536_000_000 }],
    ["the wall clock was set a year back", { wallMs: beat.wallMs - 31_535_970_000 }, { clockSetMs: -31_536_000_000 }],
    ["the host slept", { wallMs: beat.wallMs + 90_000, mono: 91_000, slept: 60_000 }, { sleptMs: 60_000 }],
    ["the power went out", { power: "battery" }, { power: "battery" }],
  ])("begin anew when %s, and say so", (_what, more, told) => {
    const next = later(more);
    expect(isBroken(beat, next, 30_000)).toBe(true);
    expect(aliveBody(firstBeat(next, beat))).toMatchObject(told);
  });
});

it("reads mains, battery and charge from the kernel's list", () => {
  const root = temporary.make();
  const supply = (name: string, files: Record<string, string>) => {
    mkdirSync(join(root, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, name, file), `${text}\n`);
  };
  expect([powerSource(root), batteryPercent(root)]).toEqual(["mains", null]);
  supply("BAT0", { type: "Battery", capacity: "73" });
  supply("AC", { type: "Mains", online: "0" });
  expect([powerSource(root), batteryPercent(root)]).toEqual(["battery", 73]);
  supply("AC", { online: "1" });
  expect(powerSource(root)).toBe("mains");
  expect([powerSource(join(root, "none")), batteryPercent(join(root, "none"))]).toEqual(["unknown", null]);
});
