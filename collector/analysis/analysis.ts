import type { ProbeInfo } from "../../protocol/archive.ts";
import type { ImBody } from "../../protocol/records/im.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { createAgenda } from "./agenda.ts";
import { classifyAgainst, RULES_VERSION } from "./classify.ts";
import { createBlockDetector } from "./detect/block.ts";
import { createCadence } from "./detect/cadence.ts";
import { createShutdownDetector } from "./detect/shutdown.ts";
import { cellKey } from "./incidents/cluster.ts";
import { createRegister } from "./incidents/register.ts";
import { type Body, createJudge, type Judge, type Measured, type Ruled, type Trade } from "./judge.ts";
import type { Knowledge } from "./knowledge.ts";
import { createLineLog } from "./line-log.ts";
import { type ControlFacts, isWell, readControl } from "./read/control.ts";
import { classifyService, isServiceWell, readService, type ServiceFacts } from "./service/service.ts";
import { createThrottleDetector } from "./throttle/throttle.ts";
import { createTimekeeper, type Timed } from "./timekeeper.ts";
import type { Analysis, EpochMs, Item, Judged } from "./types.ts";

const SITES: Trade<WebBody, ControlFacts> = { read: readControl, isWell, classify: classifyAgainst };
const SERVICES: Trade<ImBody, ServiceFacts> = {
  read: readService,
  isWell: isServiceWell,
  classify: (measurement, controls, knowledge) => classifyService(measurement, controls, knowledge).verdict,
};

/**
 * The whole of analysis as a fold over items in order. What is due at some moment (a verdict that waited for controls,
 * a silence that is weighed) is done at that moment of stream time, before the item that reveals that it has passed:
 * so ticks decide when a result is seen, never what it is.
 */
export function createAnalysis(knowledge: Knowledge): Analysis {
  const { settings } = knowledge;
  const agenda = createAgenda();
  const register = createRegister();
  const probes = new Map<string, ProbeInfo>();
  const lines = createLineLog(settings);
  const cadence = createCadence(settings);
  const times = createTimekeeper(settings);
  const blocks = createBlockDetector({ knowledge, cadence, agenda, put: register.put });
  const shutdowns = createShutdownDetector({ knowledge, agenda, register });
  const throttles = createThrottleDetector({ knowledge, agenda, put: register.put });
  let verdicts: Judged[] = [];
  let now: EpochMs = Number.NEGATIVE_INFINITY;

  const ruled = (done: Ruled) => {
    verdicts.push(toJudged(done));
    for (const incident of blocks.judged(done)) register.put(incident);
  };
  const bench = { knowledge, agenda, lineOf: lines.worst, ruled };
  const sites = createJudge({ ...bench, trade: SITES });
  const services = createJudge({ ...bench, trade: SERVICES });
  const judge = <B extends Body>(by: Judge<B>, measured: Measured<B>) => {
    if (measured.probe.role === "control") return by.control(measured);
    const { probe, target, measuredAt } = measured;
    const cell = cellKey({ target, asn: probe.asn, region: probe.region });
    cadence.saw(cell, probe.id, measuredAt);
    by.witness(measured, cadence.of(cell));
  };

  const takeEntry = (timed: Timed) => {
    const { entry, at, received } = timed;
    shutdowns.entry(timed);
    const probe = probes.get(entry.probe);
    if (probe === undefined) return;
    if (entry.kind === "start") lines.forget(probe.id, at);
    if (entry.kind === "link") {
      lines.put(probe.id, at, entry.body);
      if (probe.role === "witness") blocks.link(probe, at, entry.body);
    }
    const common = { probe, seq: entry.seq, measuredAt: at, received };
    if (entry.kind === "web") judge(sites, { ...common, target: entry.body.target, body: entry.body });
    if (entry.kind === "speed") {
      const { target } = entry.body;
      const verdict = throttles.sample(probe, at, received, entry.body);
      if (verdict !== null) verdicts.push(toJudged({ ...common, target, verdict }));
    }
    if (entry.kind === "im") judge(services, { ...common, target: entry.body.service, body: entry.body });
  };
  const take = (item: Item) => {
    switch (item.type) {
      case "probe":
        probes.set(item.probe.id, item.probe);
        return shutdowns.probe(item.probe);
      case "present":
        return shutdowns.present(item.probe, item.at);
      case "silent":
        return shutdowns.silent(item.probe, item.at, item.lastBeat);
      case "gap":
        return shutdowns.gap(item.from, item.to);
      case "entry":
        return times.place(item.entry, item.at).forEach(takeEntry);
      // Detection never reads the calendar (design principle 5); a tick only lets time pass.
      case "event":
      case "tick":
        return;
    }
  };
  return {
    apply: (item) => {
      now = Math.max(now, item.at);
      agenda.runUntil(now);
      take(item);
    },
    takeVerdicts: () => {
      const taken = verdicts;
      verdicts = [];
      return taken;
    },
    incidents: register.list,
    rulesVersion: RULES_VERSION,
  };
}

function toJudged({
  probe,
  seq,
  target,
  measuredAt,
  verdict,
}: Pick<Ruled, "probe" | "seq" | "target" | "measuredAt" | "verdict">): Judged {
  return { probe: probe.id, seq, target, asn: probe.asn, region: probe.region, measuredAt, verdict };
}
