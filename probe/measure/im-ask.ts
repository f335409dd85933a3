import { LIMITS } from "../../protocol/limits.ts";
import type { DnsStep } from "../../protocol/records/web.ts";
import type { Messenger } from "../../targets/messengers.ts";
import { askBriefly, askEverybody } from "./ask.ts";
import type { Measurement } from "./measurement.ts";
import type { WebOptions } from "./web-options.ts";

/** Questions about a data centre that has a name: the host's resolver and a public one, IPv4. */
const QUESTIONS_OF_A_CENTRE = 2;

/** Asks for the address of a data centre briefly (a messenger has many of them). Returns the steps of this name. */
export async function askAboutCentre(m: Measurement, host: string): Promise<DnsStep[]> {
  if (m.signal.aborted) return [];
  await askBriefly(withRoom(m, QUESTIONS_OF_A_CENTRE, m.options), host);
  return m.steps.dns.filter(({ name }) => name === host);
}

/**
 * Asks every resolver about a server of the apps, or one resolver of each kind where the record could not hold every
 * answer for every name. Returns the steps of this name.
 */
export async function askAboutSite(m: Measurement, host: string, messenger: Messenger): Promise<DnsStep[]> {
  if (m.signal.aborted) return [];
  const forCentres = messenger.names.length * QUESTIONS_OF_A_CENTRE;
  const each = Math.floor((LIMITS.stepsPerKind - forCentres) / messenger.sites.length);
  const whole = questionsOf(m.options) <= each;
  const { systemResolvers, publicResolvers, doh } = m.options;
  const fewer = {
    ...m.options,
    systemResolvers: systemResolvers.slice(0, 1),
    publicResolvers: publicResolvers.slice(0, 1),
    doh: doh.slice(0, 1),
  };
  return askEverybody(withRoom(m, each, whole ? m.options : fewer), host);
}

/** Both families of every resolver. */
function questionsOf({ systemResolvers, publicResolvers, doh, lookup }: WebOptions): number {
  return 2 * (systemResolvers.length + publicResolvers.length + doh.length + (lookup === null ? 0 : 1));
}

/** The same measurement with its own part of the room for questions, so that names can be asked about at once. */
function withRoom(m: Measurement, questions: number, options: WebOptions): Measurement {
  return { ...m, options, room: (kind) => (kind === "dns" ? questions : m.room(kind)) };
}
