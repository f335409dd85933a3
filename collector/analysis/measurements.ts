import type { ProbeInfo } from "../../protocol/archive.ts";
import type { ImBody } from "../../protocol/records/im.ts";
import type { LinkBody } from "../../protocol/records/link.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { isBlocking, type Verdict } from "../../protocol/verdict.ts";
import type { Agenda } from "./agenda.ts";
import type { Desk } from "./causes/case-work.ts";
import { createSiteWeather } from "./causes/site-weather.ts";
import { createSoftwareBook } from "./causes/software-book.ts";
import { classifyByRules } from "./classify.ts";
import { createBlockDetector } from "./detect/block.ts";
import { createCadence } from "./detect/cadence.ts";
import { createStories } from "./incidents/stories.ts";
import { createJudge, type Judge, type Measured, type Trade, type Witnessed } from "./judge.ts";
import type { Knowledge } from "./knowledge.ts";
import type { LineLog } from "./line-log.ts";
import { createLinePast } from "./line-past.ts";
import { plainVerdict } from "./plain-verdict.ts";
import { createPosts, type Post } from "./post.ts";
import { type ControlFacts, isWell, readControl, siteState } from "./read/control.ts";
import { classifyService, isServiceWell, readService, type ServiceFacts } from "./service/service.ts";
import { createThrottleDetector } from "./throttle/throttle.ts";
import type { Timed } from "./timekeeper.ts";
import type { Body, EpochMs, Judged } from "./types.ts";

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
  const ruled = (measured: Witnessed, verdict: Verdict) => {
    told(toJudged(measured, measured.post, verdict));
    const { post, measuredAt, cadenceMs, again } = measured;
    if (!again) past.saw(post.past, post.target, measuredAt, verdict);
    // By contrast alone, and made late: it counts where the line is known to have been well at the time.
    const byContrast = again && isBlocking(verdict.code) && verdict.strength !== "self-evident";
    if (byContrast && !past.wasWell(post.past, post.target, measuredAt, cadenceMs)) return;
    blocks.judged(measured, verdict);
  };
  const postOf = createPosts((probe, target) => ({
    ...{ probe, target, past: past.of(probe.id), watched: null },
    ...blocks.postOf(probe, target),
  }));
  const bench = { knowledge, agenda, lineOf: lines.worst, ruled, controlSaw: weather.saw };
  const sites = createJudge({ ...bench, trade: SITES });
  const services = createJudge({ ...bench, trade: SERVICES });
  const judge = <B extends Body>(
    by: Judge<B>,
    probe: ProbeInfo,
    target: string,
    { entry, at, received }: Timed,
    body: B,
  ) => {
    const { seq, probe: key } = entry;
    if (probe.role === "control") return by.control(probe, target, { key, seq, body, measuredAt: at, received });
    const post = postOf(probe, target);
    cadence.saw(post.cadence, post.own, at);
    const cadenceMs = cadence.of(post.cadence);
    by.witness({ key, seq, body, measuredAt: at, received, post, cadenceMs, plain: null, now: 0, again: false });
  };
  return {
    take: (probe, timed) => {
      const { entry, at, received } = timed;
      if (entry.kind === "web") return judge(sites, probe, entry.body.target, timed, entry.body);
      if (entry.kind === "im") return judge(services, probe, entry.body.service, timed, entry.body);
      if (entry.kind === "start") return software.started(probe.id, entry.body.software, at, probe.role);
      if (entry.kind !== "speed") return;
      const verdict = throttles.sample(probe, at, received, entry.body);
      const { seq, probe: key, body } = entry;
      if (verdict !== null) told(toJudged({ key, seq, measuredAt: at }, { probe, target: body.target }, verdict));
    },
    link: blocks.link,
    refresh: blocks.refresh,
  };
}

function toJudged(
  { key, seq, measuredAt }: Pick<Measured, "key" | "seq" | "measuredAt">,
  { probe, target }: Pick<Post, "probe" | "target">,
  verdict: Verdict,
): Judged {
  return { probe: key, seq, target, asn: probe.asn, region: probe.region, measuredAt, verdict };
}
