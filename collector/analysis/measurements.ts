import type { ProbeInfo } from "../../protocol/archive.ts";
import type { ImBody } from "../../protocol/records/im.ts";
import type { LinkBody } from "../../protocol/records/link.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { isBlocking } from "../../protocol/verdict.ts";
import type { Agenda } from "./agenda.ts";
import type { Desk } from "./causes/case-work.ts";
import { createSiteWeather } from "./causes/site-weather.ts";
import { createSoftwareBook } from "./causes/software-book.ts";
import { classifyByRules } from "./classify.ts";
import { createBlockDetector } from "./detect/block.ts";
import { createCadence } from "./detect/cadence.ts";
import { createStories } from "./incidents/stories.ts";
import { type Body, createJudge, type Judge, type Measured, type Ruled, type Trade } from "./judge.ts";
import type { Knowledge } from "./knowledge.ts";
import type { LineLog } from "./line-log.ts";
import { createLinePast } from "./line-past.ts";
import { plainVerdict } from "./plain-verdict.ts";
import { type ControlFacts, isWell, readControl, siteState } from "./read/control.ts";
import { classifyService, isServiceWell, readService, type ServiceFacts } from "./service/service.ts";
import { createThrottleDetector } from "./throttle/throttle.ts";
import type { Timed } from "./timekeeper.ts";
import type { EpochMs, Judged } from "./types.ts";

const SITES: Trade<WebBody, ControlFacts> = {
  read: readControl,
  isWell,
  stateOf: siteState,
  decided: plainVerdict,
  classify: classifyByRules,
};
const SERVICES: Trade<ImBody, ServiceFacts> = {
  read: readService,
  isWell: isServiceWell,
  stateOf: (facts) => (isServiceWell(facts) ? "well" : "ill"),
  decided: () => null,
  classify: (measurement, controls, knowledge) => classifyService(measurement, controls, knowledge).verdict,
};

/** Judges what probes measured: sites, messengers, speed. */
export type Measurements = {
  /** Takes an entry of a host; verdicts bear the key that signed it. */
  take: (probe: ProbeInfo, timed: Timed) => void;
  /** Takes the state of a witness's line. */
  link: (probe: ProbeInfo, at: EpochMs, body: LinkBody) => void;
  /** Brings the counts of measurements of open incidents up to date. */
  refresh: () => void;
};

/** Judge and detectors of measurements, wired: verdicts go to `told`, incidents to `desk`. */
export function createMeasurements(options: {
  knowledge: Knowledge;
  agenda: Agenda;
  lines: LineLog;
  told: (judged: Judged) => void;
  desk: Desk;
}): Measurements {
  const { knowledge, agenda, lines, told, desk } = options;
  const cadence = createCadence(knowledge.settings);
  const stories = createStories(knowledge.settings);
  const weather = createSiteWeather();
  const software = createSoftwareBook();
  const blocks = createBlockDetector({ knowledge, cadence, agenda, stories, weather, software, desk });
  const throttles = createThrottleDetector({ knowledge, agenda, stories, weather, put: desk.put });
  const past = createLinePast(knowledge.settings);
  const ruled = (done: Ruled) => {
    told(toJudged(done));
    const { probe, target, measuredAt, verdict, cadenceMs, again } = done;
    if (!again) past.saw(probe.id, target, measuredAt, verdict);
    // By contrast alone, and made late: it counts where the line is known to have been well at the time.
    const byContrast = again && isBlocking(verdict.code) && verdict.strength !== "self-evident";
    if (byContrast && !past.wasWell(probe.id, target, measuredAt, cadenceMs)) return;
    blocks.judged(done);
  };
  const bench = { knowledge, agenda, lineOf: lines.worst, ruled, controlSaw: weather.saw };
  const sites = createJudge({ ...bench, trade: SITES });
  const services = createJudge({ ...bench, trade: SERVICES });
  const judge = <B extends Body>(by: Judge<B>, measured: Measured<B>) => {
    if (measured.probe.role === "control") return by.control(measured);
    const { probe, target, measuredAt } = measured;
    const cell = cadence.keyOf({ target, asn: probe.asn, region: probe.region });
    cadence.saw(cell, probe.id, measuredAt);
    by.witness(measured, cadence.of(cell));
  };
  return {
    take: (probe, { entry, at, received }) => {
      const { seq, probe: key } = entry;
      if (entry.kind === "start") software.started(probe.id, entry.body.software, at, probe.role);
      if (entry.kind === "web")
        judge(sites, { probe, key, seq, target: entry.body.target, body: entry.body, measuredAt: at, received });
      if (entry.kind === "im")
        judge(services, { probe, key, seq, target: entry.body.service, body: entry.body, measuredAt: at, received });
      if (entry.kind !== "speed") return;
      const verdict = throttles.sample(probe, at, received, entry.body);
      if (verdict !== null) told(toJudged({ probe, key, seq, target: entry.body.target, measuredAt: at, verdict }));
    },
    link: blocks.link,
    refresh: blocks.refresh,
  };
}

function toJudged({
  probe,
  key,
  seq,
  target,
  measuredAt,
  verdict,
}: Pick<Ruled, "probe" | "key" | "seq" | "target" | "measuredAt" | "verdict">): Judged {
  return { probe: key, seq, target, asn: probe.asn, region: probe.region, measuredAt, verdict };
}
