import { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { parseJson } from "../../protocol/parse.ts";
import { Access, Asn, Place, ProbeId, Role, Utc } from "../../protocol/primitives.ts";
import { PublicKey } from "../../protocol/signature.ts";
import { Category, RiskTier, type TargetList } from "../../protocol/target.ts";
import { ProbeConfig } from "../../protocol/wire.ts";
import { pathOf, readText, writeText } from "../data-folder.ts";

/** What the volunteer allows: megabytes a day and in thirty days, hours without measuring, whether bytes cost. */
export const Limits = z.object({
  dayMb: z.number().positive().max(1e6).optional(),
  monthMb: z.number().positive().max(1e7).optional(),
  quiet: z.string().max(16).optional(),
  metered: z.boolean().optional(),
});
export type Limits = z.infer<typeof Limits>;

/** What joining left on this host: which collector, what was agreed to, what the network knows of the probe. */
export const Membership = z.object({
  probe: ProbeId,
  role: Role,
  region: Place.nullable(),
  asn: Asn.nullable(),
  access: Access.nullable(),
  collectors: z.array(z.string().max(256)).min(1).max(8),
  /** Which text was agreed to, in which language, when. Only its version leaves the host. */
  consent: z.object({
    version: z.string().max(32),
    language: z.enum(["kk", "ru", "en"]),
    at: Utc,
    /** Whether the questions on the text were answered, or left out by --yes. */
    questions: z.enum(["answered", "not-asked"]).optional(),
  }),
  agreed: z.object({
    risk: RiskTier,
    without: z.array(Category),
    /** Single sites left out. */
    except: z.array(z.string().max(253)).max(2000).optional(),
  }),
  /** Ids of the sites that the list named when consent was given; later ones are told by `status`. */
  sitesShown: z.array(z.string().max(253)).max(2000).optional(),
  limits: Limits.optional(),
  /** Proxy by which the collectors are reached, when joining named one. May hold a password: this file is its owner's only. */
  proxy: z.string().max(256).optional(),
  /** Who signs releases of this program, as told at joining. */
  releaseKey: PublicKey.optional(),
});
export type Membership = z.infer<typeof Membership>;

/** How to work until a collector says otherwise (design 5: rounds of 15 minutes, beats of 30 s, the line every 15 s). */
const DEFAULT_CADENCE = { heartbeatS: 30, roundS: 900, linkS: 15 };

/** What joining left in the data folder; null when this folder has not joined. Throws `config` when it is damaged. */
export function loadMembership(folder: string): Membership | null {
  const text = readText(folder, "membership");
  if (text === null) return null;
  const parsed = parseJson(Membership, text);
  if (parsed.ok) return parsed.value;
  const path = pathOf(folder, "membership");
  throw new CodedError(
    "config",
    `${path} is damaged (${parsed.problems[0]}). Use 'kuager probe wipe', then join anew.`,
  );
}

/** The language in which consent was given here; undefined when this folder has not joined or cannot tell. */
export function rememberedLanguage(folder: string): Membership["consent"]["language"] | undefined {
  try {
    return loadMembership(folder)?.consent.language;
  } catch {
    return undefined;
  }
}

/** The limits set at joining; none when this folder has not joined or cannot tell. */
export function rememberedLimits(folder: string): Limits {
  try {
    return loadMembership(folder)?.limits ?? {};
  } catch {
    return {};
  }
}

/** Keeps what joining brought. Throws `cannot_write` or `io`. */
export function saveMembership(folder: string, membership: Membership): void {
  writeText(folder, "membership", JSON.stringify(membership, null, 2));
}

/** The last configuration a collector sent, or the bundled list and default cadences when there is none that parses. */
export function loadConfig(folder: string, bundled: () => TargetList): ProbeConfig {
  const text = readText(folder, "config");
  const parsed = text === null ? null : parseJson(ProbeConfig, text);
  return parsed?.ok ? parsed.value : { ...DEFAULT_CADENCE, list: bundled() };
}

/** Keeps a collector's configuration for times without one. Throws `cannot_write` or `io`. */
export function saveConfig(folder: string, config: ProbeConfig): void {
  writeText(folder, "config", JSON.stringify(config));
}
