import { describe, expect, it } from "vitest";
import { createHosts } from "../../../collector/analysis/hosts.ts";
import type { ProbeInfo } from "../../../protocol/archive.ts";
import { okPage, probeOf, T0, tlsDrop } from "./build.ts";
import { ALMATY, CONTROLS, CUT, comeBack, lastBeat, quietWorld, silence } from "./cuts.ts";
import { measureRounds, run, type Sight, worldOf } from "./world.ts";

const MINUTE = 60_000;
const CADENCE = 15 * MINUTE;
const [OLD, NEW] = [probeOf("A"), probeOf("N", { continues: probeOf("A").id })];
const gone = (probe: ProbeInfo, at: number): ProbeInfo => ({ ...probe, to: new Date(at).toISOString() });

describe("a host that goes on under a new key", () => {
  it("is one host, whatever the order in which the keys are told of", () => {
    for (const order of [
      [gone(OLD, T0), NEW],
      [NEW, gone(OLD, T0)],
    ]) {
      const hosts = createHosts();
      hosts.tell(OLD);
      for (const info of order) hosts.tell(info);
      expect([OLD, NEW].map(({ id }) => hosts.of(id)?.id)).toEqual([OLD.id, OLD.id]);
      expect(hosts.of(OLD.id)?.to).toBeNull();
      expect([OLD, NEW].map(({ id }) => hosts.isCurrent(id))).toEqual([false, true]);
    }
  });

  it("keys that name each other make no circle", () => {
    const hosts = createHosts();
    hosts.tell(probeOf("A", { continues: probeOf("B").id }));
    hosts.tell(probeOf("B", { continues: probeOf("A").id }));
    expect(["A", "B"].map((letter) => hosts.idOf(probeOf(letter).id))).toEqual([probeOf("B").id, probeOf("B").id]);
  });

  it("is one witness of a block, and its verdicts bear the key that signed them", () => {
    const probes = [OLD, probeOf("B"), ...CONTROLS];
    const world = worldOf([...probes, NEW]);
    const ofNew = world.items.filter((item) => "probe" in item && (item.probe === NEW || item.probe === NEW.id));
    for (const item of ofNew) world.items.splice(world.items.indexOf(item), 1);
    const changed = T0 + 26.5 * CADENCE;
    world.items.push(
      { type: "probe", at: changed, probe: gone(OLD, changed) },
      { type: "probe", at: changed, probe: NEW },
      { type: "present", at: changed, probe: NEW.id },
    );
    const sight: Sight = ({ probe, target, at, round }) => {
      if ((probe.id === OLD.id && at >= changed) || (probe.id === NEW.id && at < changed)) return null;
      const blocked = target === "orda.kz" && probe.role === "witness" && round >= 20;
      return (blocked ? tlsDrop : okPage)(`https://${target}/`);
    };
    const targets = ["orda.kz", "vlast.kz", "rus.azattyq.org", "wikipedia.org"];
    measureRounds(world, { probes: [...probes, NEW], targets, from: T0, rounds: 40, cadenceMs: CADENCE, sight });
    const { incidents, verdicts } = run(world.items);
    expect(incidents).toMatchObject([{ targets: ["orda.kz"], witnesses: 2 }]);
    const signers = new Set(verdicts.map(({ probe }) => probe));
    expect([...signers].sort()).toEqual([OLD.id, NEW.id, probeOf("B").id].sort());
  });

  it("whose old key falls silent while the new one beats has lost nothing", () => {
    const world = quietWorld();
    const next = ALMATY.map((probe, index) =>
      probeOf(String.fromCharCode(97 + index), { ...probe, id: `${index}`.repeat(32), continues: probe.id }),
    );
    for (const [index, probe] of ALMATY.entries()) {
      const successor = next[index] ?? probe;
      const at = CUT - 30_000 + index;
      world.items.push(
        { type: "probe", at, probe: gone(probe, at) },
        { type: "probe", at, probe: successor },
        { type: "present", at, probe: successor.id },
      );
    }
    silence(world, ALMATY);
    expect(run(world.items).incidents).toEqual([]);
  });
});

describe("beats that come over DNS", () => {
  const overDns = (world: ReturnType<typeof quietWorld>, from: (probe: ProbeInfo) => number) => {
    for (const probe of ALMATY) world.items.push({ type: "present", at: from(probe), probe: probe.id, route: "dns" });
  };

  it("do not hide that the line is cut, and say what passes before any journal has come", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    overDns(world, (probe) => lastBeat(probe, CUT) + 20_000);
    const [incident, ...more] = run(world.items).incidents;
    expect(more).toEqual([]);
    expect(incident).toMatchObject({ kind: "shutdown", extent: "partial-port", witnesses: 4, regions: ["KZ-75"] });
    const power = incident?.causes.find(({ cause }) => cause === "power cut");
    expect(power?.because).toContain("-5: hosts were still heard over DNS, and by no other way");
    expect(power?.verdict).toBe("contradicted");
  });

  it("that were there all along count as well; those that end with the line say nothing", () => {
    const [always, never] = [quietWorld(), quietWorld()];
    for (const world of [always, never]) {
      silence(world, ALMATY);
      overDns(world, () => T0);
    }
    for (const probe of ALMATY) {
      const last = lastBeat(probe, CUT);
      never.items.push({ type: "silent", at: last + 90_000, probe: probe.id, lastBeat: last, route: "dns" });
    }
    expect(run(always.items).incidents).toMatchObject([{ extent: "partial-port" }]);
    expect(run(never.items).incidents).toMatchObject([{ extent: null }]);
  });

  it("end no loss: a line is back when beats come by it", () => {
    const world = quietWorld();
    silence(world, ALMATY);
    overDns(world, () => CUT + 5 * MINUTE);
    expect(run(world.items).incidents).toMatchObject([{ end: null }]);
    comeBack(world, ALMATY);
    expect(run(world.items).incidents[0]?.end).not.toBeNull();
  });
});
