import { canonicalJson } from "../../protocol/canonical-json.ts";
import { sha256Hex } from "../../protocol/hash.ts";
import { SETTINGS, type Settings } from "./settings.ts";

/** A certificate authority that was used to intercept connections. Hashes are lower-case hex of the DER certificate. */
export type InterceptionRoot = {
  name: string;
  sha256: string | null;
  sha1: string | null;
  /** Regular expression on the issuer text of a leaf. */
  issuerPattern: string | null;
  from: string | null;
  to: string | null;
  source: string;
};

/** A page known to be put in place of a blocked one. All conditions that are not null must hold. */
export type BlockPage = {
  id: string;
  country: string;
  match: {
    status: number | null;
    title: string | null;
    bodyContains: string | null;
    headerContains: string | null;
  };
  authority: string | null;
  /** `seen` on record, or `generic` wording that such a page would use: the latter proves less. */
  basis?: "seen" | "generic";
  source: string;
};

/** `canary`, `absent`: its answer is known (protocol/target.ts). `filteredIn`: countries abroad that block the name. */
export type TargetFact = {
  url: string;
  hostedIn: string | null;
  canary?: boolean | undefined;
  absent?: boolean | undefined;
  filteredIn?: readonly string[] | undefined;
};

/** What analysis knows beyond the records: plain values, no I/O. */
export type Knowledge = {
  /** ISO 3166-1 country that is watched. */
  country: string;
  targets: ReadonlyMap<string, TargetFact>;
  interception: readonly InterceptionRoot[];
  blockPages: readonly BlockPage[];
  /** AS number to the backbone or owner group it hangs on. */
  networks: ReadonlyMap<number, { group: string | null }>;
  settings: Settings;
};

/** Knowledge from lists as `targets/load.ts` gives them; what is left out is empty. */
export function knowledgeFrom(parts: {
  country?: string;
  targets?: readonly ({ id: string } & TargetFact)[];
  interception?: readonly InterceptionRoot[];
  blockPages?: readonly BlockPage[];
  networks?: readonly { asn: number; group: string | null }[];
}): Knowledge {
  return {
    country: parts.country ?? "KZ",
    targets: new Map(
      (parts.targets ?? []).map(({ id, url, hostedIn, canary, absent, filteredIn }) => [
        id,
        { url, hostedIn, canary: canary === true, absent: absent === true, filteredIn },
      ]),
    ),
    interception: parts.interception ?? [],
    blockPages: parts.blockPages ?? [],
    networks: new Map((parts.networks ?? []).map(({ asn, group }) => [asn, { group }])),
    settings: SETTINGS,
  };
}

/**
 * SHA-256, in hex, of all that judging takes besides records and rules: who has the same knows the same. The order of targets and
 * networks does not matter.
 */
export function knowledgeHash({ targets, networks, ...lists }: Knowledge): string {
  return sha256Hex(
    canonicalJson({ ...lists, targets: Object.fromEntries(targets), networks: Object.fromEntries(networks) }),
  );
}

/** Who a network belongs to, as far as is known: its group, else the network itself. */
export function ownerOf(asn: number | null, { networks }: Pick<Knowledge, "networks">): string {
  return (asn === null ? null : networks.get(asn)?.group) ?? `AS${asn ?? "?"}`;
}
