import { parseJson } from "../../protocol/parse.ts";
import { Entry } from "../../protocol/records/entry.ts";
import type { Shed, StartBody } from "../../protocol/records/life.ts";
import type { LinkBody } from "../../protocol/records/link.ts";
import { isAnomalous } from "../schedule/anomaly.ts";

/** A round in numbers, told when the next thing happens. */
type Round = { id: string; at: string; sites: number; odd: number };

/**
 * What the records of a journal tell of the probe itself, a line each, oldest first: nothing of which sites, of addresses
 * or of who. Records that cannot be read are counted. Pure.
 */
export function happened(texts: readonly string[]): string[] {
  const lines: string[] = [];
  let round: Round | null = null;
  let unreadable = 0;
  const close = () => {
    if (round !== null) lines.push(`${round.at} round: ${round.sites} sites, ${round.odd} out of the ordinary`);
    round = null;
  };
  for (const text of texts) {
    const parsed = parseJson(Entry, text);
    if (!parsed.ok) {
      unreadable += 1;
      continue;
    }
    const entry = parsed.value;
    if (entry.kind === "web") {
      if (round?.id !== entry.body.round) close();
      const before: Round = round ?? { id: entry.body.round, at: entry.at, sites: 0, odd: 0 };
      round = { ...before, sites: before.sites + 1, odd: before.odd + (isAnomalous(entry.body) ? 1 : 0) };
      continue;
    }
    const told = tell(entry);
    if (told.length === 0) continue;
    close();
    lines.push(...told.map((one) => `${entry.at} ${one}`));
  }
  close();
  return unreadable === 0 ? lines : [...lines, `${unreadable} records cannot be read`];
}

function tell(entry: Exclude<Entry, { kind: "web" }>): string[] {
  switch (entry.kind) {
    case "start":
      return [startText(entry.body), ...shedText(entry.body.shed)];
    case "stop":
      return [`stop: ${entry.body.reason}`];
    case "alive":
      return shedText(entry.body.shed);
    case "link":
      return linkText(entry.body);
    case "im":
    case "speed":
      return [];
  }
}

function startText({ software, uptimeS, previous, power }: StartBody): string {
  const silent = previous.silentMs === undefined ? "" : `, silent for ${Math.round(previous.silentMs / 1000)} s`;
  return `start: ${software}, host up ${Math.round(uptimeS)} s, on ${power}; before: ${previous.end}${previous.how === undefined ? "" : ` (${previous.how})`}${silent}`;
}

function shedText(shed: readonly Shed[] = []): string[] {
  return shed.map(({ kind, count }) => `given up for want of room: ${count} of ${kind}`);
}

/** Changes; a line that only says that all is as it was is left out. */
function linkText({ state, condition, medium, vpn, portal, edges, collector }: LinkBody): string[] {
  if (edges !== undefined)
    return edges.map(
      ({ of, from, to, boundMs }) => `line: ${of} from ${from} to ${to}, within ${Math.round(boundMs / 1000)} s`,
    );
  if (condition === "open" && !portal && collector.every(({ ok }) => ok)) return [];
  const reached = collector.filter(({ ok }) => ok).length;
  return [
    `line: ${state}, ${condition ?? "?"}, ${medium}${vpn ? ", vpn" : ""}, collector ${reached} of ${collector.length}`,
  ];
}
