import type { Language, Names, Publication, PublishedVersion } from "../../api/types.ts";
import type { Catalogue } from "../../catalogue.ts";
import { regionOffsets } from "../../events/local-time.ts";
import { basisOf } from "../in-force.ts";

/** Where a connection failed, as a lawyer would ask an engineer. */
export const STAGES = ["dns", "tcp", "tls", "http", "page", "speed", "line", "other"] as const;
export type Stage = (typeof STAGES)[number];

/** All that a draft may say, taken from one published version and what stands beside it. Lists are joined texts. */
export type DraftFacts = {
  readonly version: PublishedVersion;
  readonly stage: Stage;
  readonly sites: string;
  readonly networks: string;
  readonly regions: string;
  readonly began: string;
  /** Null while it goes on. */
  readonly ended: string | null;
  /** Null where so few saw it that their number is not told. */
  readonly witnesses: number | null;
  readonly basis: ReturnType<typeof basisOf>;
  readonly legal: Publication["legal"];
  readonly registry: Publication["registry"];
  readonly statements: Publication["statements"];
  /** Where the version stands for ever. */
  readonly address: string;
  readonly madeAt: string;
};

const STAGE_OF: Readonly<Record<string, Stage>> = {
  dns_tamper: "dns",
  tcp_block: "tcp",
  tls_reset: "tls",
  tls_drop: "tls",
  tls_mitm: "tls",
  http_block: "http",
  block_page: "page",
  throttled: "speed",
  goodput: "speed",
  handshake: "speed",
};

type DraftChoice = {
  readonly language: Language;
  readonly site: string | null;
  readonly madeAt: string;
  /** Fewest witnesses that are counted. */
  readonly enoughProbes: number;
};

/** The facts of a draft in one language. `site` is the public address of the collector; null: the path alone is given. */
export function draftFacts(
  { names, regions: places }: Pick<Catalogue, "names" | "regions">,
  { shown, publication }: { readonly shown: PublishedVersion; readonly publication: Publication },
  { language, site, madeAt, enoughProbes }: DraftChoice,
): DraftFacts {
  const { incident, number, version } = shown;
  const isLoss = incident.kind === "shutdown" || incident.kind === "outage";
  const nameOf = (book: Readonly<Record<string, Names>>, id: string) => book[id]?.[language] ?? id;
  const time = momentsIn(places, incident.regions[0] ?? "KZ");
  const between = ({ earliest, latest }: { earliest: string; latest: string }) => {
    const [first, last] = [time(earliest), time(latest)];
    return first === last ? first : `${first} – ${last}`;
  };
  return {
    version: shown,
    stage: isLoss ? "line" : (STAGE_OF[incident.method ?? ""] ?? "other"),
    sites: incident.targets.join(", "),
    networks: incident.asns.map((asn) => `${names.networks[String(asn)] ?? ""} AS${asn}`.trim()).join(", "),
    regions: incident.regions.map((code) => nameOf(names.regions, code)).join(", "),
    began: between(incident.start),
    ended: incident.end === null ? null : between(incident.end),
    witnesses: incident.witnesses < enoughProbes ? null : incident.witnesses,
    basis: basisOf(publication.legal),
    ...{ legal: publication.legal, registry: publication.registry, statements: publication.statements },
    address: `${site ?? ""}/${language}/i/${number}/v${version}`,
    madeAt,
  };
}

/** A moment as clocks of the place showed it, with the offset valid then, and in UTC. */
function momentsIn(regions: Catalogue["regions"], region: string) {
  const offsetOf = regionOffsets(regions);
  return (text: string) => {
    const at = Date.parse(text);
    const offset = offsetOf(region, at);
    const hours = Math.abs(offset) / 3_600_000;
    const local = new Date(at + offset).toISOString().slice(0, 16).replace("T", " ");
    return `${local} (UTC${offset < 0 ? "−" : "+"}${hours}) = ${text.slice(11, 16)} UTC`;
  };
}
