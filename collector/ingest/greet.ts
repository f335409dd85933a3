import { verifyText } from "../../protocol/signature.ts";
import type { CollectorFrame, ProbeFrame } from "../../protocol/wire.ts";
import { utc } from "../time.ts";
import type { Intake } from "./intake.ts";
import { knownProbe } from "./known-probe.ts";
import { type Refusal, refusal } from "./refusal.ts";

type Hello = Extract<ProbeFrame, { t: "hello" }>;
type Welcome = Extract<CollectorFrame, { t: "welcome" }>;

/**
 * Answers a hello: checks that the key behind the id signed our nonce, and says from where to resume. Refusals:
 * `unknown_probe`, `revoked`, `bad_signature`, `too_fast`.
 */
export async function greet(
  intake: Intake,
  hello: Hello,
  nonce: string,
): Promise<{ ok: true; welcome: Welcome } | Refusal> {
  const known = await knownProbe(intake.store, hello.probe);
  if (!known.ok) return known;
  const { probe } = known;
  if (!verifyText(probe.publicKey, "hello", nonce, hello.signature))
    return refusal("bad_signature", "The hello is not signed with this probe's key.");
  const waitS = intake.limits.take("frames", probe.id);
  if (waitS > 0) return refusal("too_fast", `Too many connections. Wait ${waitS} seconds.`, waitS);
  if (probe.software !== hello.software) await intake.store.probes.setSoftware(probe.id, hello.software);
  intake.presence.beat(probe.id);
  const config = intake.config(probe.id);
  return {
    ok: true,
    welcome: {
      t: "welcome",
      seq: probe.head.seq,
      hash: probe.head.hash,
      at: utc(Date.now()),
      config: config.list.version === hello.listVersion ? null : config,
      heartbeatS: config.heartbeatS,
    },
  };
}
