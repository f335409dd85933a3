import { canonicalJson } from "../protocol/canonical-json.ts";
import type { WorldEvent } from "../protocol/event.ts";
import { sha256Hex } from "../protocol/hash.ts";
import type { LegalBasis, Statement } from "../protocol/publication.ts";
import type { TargetList } from "../protocol/target.ts";
import {
  loadBlockPages,
  loadEvents,
  loadInterception,
  loadLegal,
  loadNetworks,
  loadRegions,
  loadReports,
  loadStatements,
  loadTargetList,
} from "../targets/load.ts";
import type { BlockPage, Network, Region } from "../targets/schema.ts";
import { type Knowledge, knowledgeFrom } from "./analysis/knowledge.ts";
import type { NameBook, Report } from "./api/told.ts";

/** The project's data as the collector uses them. */
export type Catalogue = {
  readonly list: TargetList;
  readonly networks: readonly Network[];
  readonly regions: readonly Region[];
  readonly reports: readonly Report[];
  readonly events: readonly WorldEvent[];
  readonly statements: readonly Statement[];
  readonly legal: readonly LegalBasis[];
  /** Marks of block pages, which know whose page it is. */
  readonly blockPages: readonly BlockPage[];
  readonly names: NameBook;
  readonly knowledge: Knowledge;
};

/** Loads all data files, from `dir` where it has them. Error: `bad_input` naming file and line. */
export function loadCatalogue(dir?: string): Catalogue {
  const list = loadTargetList(dir);
  const networks = loadNetworks(dir);
  const regions = loadRegions(dir);
  const blockPages = loadBlockPages(dir);
  return {
    list,
    networks,
    regions,
    reports: loadReports(dir),
    events: loadEvents(dir),
    statements: loadStatements(dir),
    legal: loadLegal(dir),
    blockPages,
    names: nameBook(list, networks, regions),
    knowledge: knowledgeFrom({
      targets: list.targets,
      interception: loadInterception(dir),
      blockPages,
      networks,
    }),
  };
}

/** The list with addresses that control probes saw; its version follows its content. */
export function withAddresses(list: TargetList, seen: ReadonlyMap<string, readonly string[]>): TargetList {
  const targets = list.targets.map((target) => {
    const addresses = [...new Set([...(target.addresses ?? []), ...(seen.get(target.id) ?? [])])].slice(0, 8);
    return addresses.length === 0 ? target : { ...target, addresses };
  });
  const content = { targets, anchors: list.anchors };
  return { version: sha256Hex(canonicalJson(content)), ...content };
}

function nameBook(list: TargetList, networks: readonly Network[], regions: readonly Region[]): NameBook {
  return {
    regions: Object.fromEntries(regions.map(({ code, names, timeZone }) => [code, { ...names, timeZone }])),
    networks: Object.fromEntries(networks.map(({ asn, name }) => [String(asn), name])),
    targets: Object.fromEntries(list.targets.map(({ id, names }) => [id, names])),
  };
}
