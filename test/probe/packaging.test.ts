import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const UNIT = fileURLToPath(new URL("../../probe/packaging/kuager-probe.service", import.meta.url));
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

it("the unit runs as a user of its own that can write nothing but its folder", () => {
  const unit = readFileSync(UNIT, "utf8");
  for (const line of [
    "DynamicUser=yes",
    "StateDirectory=kuager",
    "ProtectSystem=strict",
    "CapabilityBoundingSet=",
    "NoNewPrivileges=yes",
    "MemoryMax=192M",
    "WatchdogSec=300",
  ])
    expect(unit.split("\n")).toContain(line);
});

it.runIf(hasSystemd)("systemd itself finds no fault in the unit, and little that an attacker could use", () => {
  const verified = spawnSync("systemd-analyze", ["verify", "--man=no", UNIT], { encoding: "utf8" });
  expect(verified.stderr.split("\n").filter((line) => line.includes("kuager-probe.service"))).toEqual([]);
  const rated = spawnSync("systemd-analyze", ["security", "--offline=true", UNIT], { encoding: "utf8" });
  const [, exposure = "10"] = /Overall exposure level for \S+: ([\d.]+)/.exec(rated.stdout) ?? [];
  expect(Number(exposure)).toBeLessThan(2);
});
