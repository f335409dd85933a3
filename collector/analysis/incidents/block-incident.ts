import type { Cause, Incident } from "../../../protocol/incident.ts";
import type { Knowledge } from "../knowledge.ts";
import { type Group, type Member, methodOf } from "./cluster.ts";
import { interval, sorted, utc } from "./text.ts";

/** The incident that a group of blocked cells makes. */
export function blockIncident(group: Group, knowledge: Knowledge): Incident {
  const { members } = group;
  const witnesses = new Set(members.flatMap(({ episode }) => [...episode.witnesses]));
  const proofs = new Set(members.flatMap(({ episode }) => [...episode.proofs]));
  const first = members.reduce((best, one) => (one.start.by < best.start.by ? one : best));
  const ends = members.map(endOf);
  const last = ends.reduce((best, end) => (best === null || end === null ? null : end.by > best.by ? end : best));
  const single = witnesses.size < 2;
  return {
    id: group.id,
    kind: group.kind,
    method: methodOf(members),
    extent: null,
    targets: [first.cell.target],
    asns: sorted(members.map(({ cell }) => cell.asn)),
    regions: sorted(members.map(({ cell }) => inside(cell.region))),
    access: sorted(members.flatMap(({ access }) => [...access])),
    start: interval(first.start.after ?? first.start.by, first.start.by),
    end: last === null ? null : interval(last.after, last.by),
    detectedAt: utc(Math.min(...members.map(({ detectedAt }) => detectedAt))),
    confidence: single ? "observed" : witnesses.size >= 3 || proofs.size >= 2 ? "confirmed" : "probable",
    witnesses: witnesses.size,
    measurements: members.reduce((sum, { episode }) => sum + episode.blockedVotes, 0),
    causes: rivals(members, proofs.size, witnesses.size, knowledge),
    ...(single ? { singleWitness: true } : {}),
    ...(first.start.after === null ? { startUnknown: true } : {}),
    ...(last !== null && members.some(({ end, unwatched }) => end === null && unwatched) ? { endUnknown: true } : {}),
  };
}

/** End of a member: that of the last sighting where nobody watches any more. */
function endOf({ end, unwatched, episode }: Member): Member["end"] {
  return end === null && unwatched ? { after: episode.lastBlocked, by: episode.lastBlocked } : end;
}

function inside(region: string | null): string | null {
  return region?.startsWith("KZ-") ? region : null;
}

/** Rival explanations of a block, each held against the records. Scores are log-odds of docs/method.md, graded votes. */
function rivals(members: readonly Member[], proofs: number, witnesses: number, knowledge: Knowledge): Cause[] {
  const asns = sorted(members.map(({ cell }) => cell.asn));
  const backbones = new Set(asns.map((asn) => knowledge.networks.get(asn)?.group ?? `AS${asn}`)).size;
  const shared = backbones < asns.length ? ["networks of one owner are not independent witnesses of who did it"] : [];
  return [
    {
      cause: "site fault",
      score: -4.6,
      verdict: "contradicted",
      because: ["controls reached the site at about the same times"],
    },
    {
      cause: "DDoS",
      score: -3,
      verdict: "contradicted",
      because: ["an overloaded site fails for controls as well, and off and on"],
    },
    witnesses >= 2
      ? {
          cause: "single probe",
          score: -5,
          verdict: "contradicted",
          because: [`${witnesses} probes saw it independently`],
        }
      : { cause: "single probe", score: 1, verdict: "untestable", because: ["only one probe saw it"] },
    proofs > 0
      ? {
          cause: "ISP fault",
          score: -4.6,
          verdict: "contradicted",
          because: ["it fails for the name alone: the same address answers another, or the answer is a proven lie"],
        }
      : {
          cause: "ISP fault",
          score: 0,
          verdict: "untestable",
          because: ["no paired test shows that the name is what it depends on"],
        },
    {
      cause: "transit filter abroad",
      score: backbones >= 2 ? -1 : 0,
      verdict: "untestable",
      because: ["where on the way the filter stands was not measured", ...shared],
    },
  ];
}
