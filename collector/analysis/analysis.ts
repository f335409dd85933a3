import { createAgenda } from "./agenda.ts";
import { RULES_VERSION } from "./classify.ts";
import { createHosts } from "./hosts.ts";
import { createRegister } from "./incidents/register.ts";
import type { Knowledge } from "./knowledge.ts";
import { createLineLog } from "./line-log.ts";
import { createShutdownDetector } from "./losses/shutdown.ts";
import { createMeasurements } from "./measurements.ts";
import { createTimekeeper, type Timed } from "./timekeeper.ts";
import type { Analysis, EpochMs, Item, Judged } from "./types.ts";

/**
 * The whole of analysis as a fold over items in order. What is due at some moment (a verdict that waited for controls,
 * a silence that is weighed) is done at that moment of stream time, before the item that reveals that it has passed:
 * so ticks decide when a result is seen, never what it is.
 */
export function createAnalysis(knowledge: Knowledge): Analysis {
  const { settings } = knowledge;
  const agenda = createAgenda(settings.settleMs);
  const register = createRegister();
  const hosts = createHosts();
  const lines = createLineLog(settings);
  const times = createTimekeeper(settings);
  const shutdowns = createShutdownDetector({ knowledge, agenda, register });
  let verdicts: Judged[] = [];
  let now: EpochMs = Number.NEGATIVE_INFINITY;
  const told = (judged: Judged) => void verdicts.push(judged);
  const measurements = createMeasurements({ knowledge, agenda, lines, told, desk: register });

  const takeEntry = (timed: Timed) => {
    const { entry, at } = timed;
    shutdowns.entry(hosts.idOf(entry.probe), timed);
    const probe = hosts.of(entry.probe);
    if (probe === undefined) return;
    if (entry.kind === "start") lines.forget(probe.id, at);
    if (entry.kind === "link") {
      lines.put(probe.id, at, entry.body);
      if (probe.role === "witness") measurements.link(probe, at, entry.body);
    }
    measurements.take(probe, timed);
  };
  const take = (item: Item) => {
    switch (item.type) {
      case "probe": {
        const host = hosts.tell(item.probe);
        return host === null ? undefined : shutdowns.probe(host);
      }
      case "present":
        return shutdowns.present(hosts.idOf(item.probe), item.at, item.route);
      // A key that another has taken the place of falls silent for good, and its host does not.
      case "silent":
        return hosts.isCurrent(item.probe)
          ? shutdowns.silent(hosts.idOf(item.probe), item.at, item.lastBeat, item.route)
          : undefined;
      case "gap":
        return shutdowns.gap(item.from, item.to);
      case "entry": {
        const timed = times.placeOne(item.entry, item.at);
        if (timed !== null) return takeEntry(timed);
        return times.place(item.entry, item.at).forEach(takeEntry);
      }
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
    incidents: () => {
      measurements.refresh();
      return register.list();
    },
    rulesVersion: RULES_VERSION,
  };
}
