import { isIPv6 } from "node:net";
import type { Target, TargetList } from "../../protocol/target.ts";
import type { ProbeClock } from "../clock.ts";
import { agreedTime } from "../link/dates.ts";
import { enough } from "../link/ladder.ts";
import { createLook, type Look } from "../link/look.ts";
import type { Sensed } from "../link/sense.ts";
import { bogonTest } from "../measure/bogon.ts";
import { connect } from "../measure/connect.ts";
import { type HostFacts, readHostFacts } from "../measure/host-facts.ts";
import { systemResolvers } from "../measure/system-resolvers.ts";
import { type Finding, finding } from "./finding.ts";

export type LineOptions = {
  list: TargetList;
  clock: ProbeClock;
  ca: readonly string[];
  allowPrivate: boolean;
  env: Readonly<Record<string, string | undefined>>;
};

const STEP_MS = 3000;
/** Where NCALayer, the state's signing program, listens on its own host. */
const SIGNER = { ip: "127.0.0.1", port: 13579 };
/** A clock this far off spoils times, then certificates. */
const CLOCK = { okS: 5, wrongS: 300 };

/** Looks at the line once, in full, and at what on this host stands between the probe and the sites. */
export async function checkLine(options: LineOptions, signal: AbortSignal) {
  const look = openLook(options);
  const [sensed, six, signer] = await Promise.all([
    look.full("first", signal),
    checkSix(options, signal),
    connect({ ...SIGNER, timeoutMs: 1000 }, signal),
  ]);
  if (signer.ok) signer.socket.destroy();
  const facts = readHostFacts(options.env);
  const between = [...betweenFound(sensed, facts, options.list.targets), ...(signer.ok ? [finding("signer")] : [])];
  const found = [...rungs(sensed), six, ...(between.length === 0 ? [finding("nothingBetween")] : between)];
  const isUp = sensed.state === "international";
  return { found: [...found, await checkClock(look, options.clock, signal)], isUp };
}

function openLook({ list, clock, ca, allowPrivate }: LineOptions): Look {
  return createLook({
    clock,
    ca,
    isBogon: bogonTest(allowPrivate),
    servers: () => systemResolvers(),
    anchors: () => list.anchors,
    timeoutMs: () => STEP_MS,
    patienceMs: () => 0,
    routes: () => [],
    isDirect: false,
  });
}

/** The rungs of the ladder, each by itself. Pure. */
export function rungs({ checks, portal }: Pick<Sensed, "checks" | "portal">): Finding[] {
  const { gateway, resolver, domestic, foreign } = checks;
  const failures = (group: Sensed["checks"]["foreign"]) =>
    group.map(({ id, failure }) => `${id} ${failure ?? "ok"}`).join(", ");
  return [
    gateway === null
      ? finding("homeNone")
      : finding(gateway.ok ? "homeOk" : "homeSilent", {}, `gateway: ${gateway.failure ?? "ok"}`),
    finding(
      resolver?.ok ? "bookOk" : "bookSilent",
      {},
      `system resolver: ${resolver?.failure ?? (resolver ? "ok" : "none set")}`,
    ),
    finding(domestic.some(({ ok }) => ok) ? "insideOk" : "insideSilent", {}, failures(domestic)),
    finding(enough(foreign) ? "abroadOk" : "abroadSilent", {}, failures(foreign)),
    ...(portal ? [finding("portal")] : []),
  ];
}

/** What could bend measurements on this host or just before it. Pure. */
export function betweenFound(
  { vpn, medium }: Pick<Sensed, "vpn" | "medium">,
  facts: Pick<HostFacts, "proxyVariables" | "localRoots" | "hostsText">,
  targets: readonly Target[],
): Finding[] {
  const names = new Set(targets.map(({ url }) => new URL(url).hostname));
  const roots = facts.localRoots();
  const inHosts = facts.hostsText
    .split("\n")
    .flatMap((line) => (line.split("#")[0] ?? "").trim().toLowerCase().split(/\s+/).slice(1))
    .filter((name) => names.has(name));
  return [
    ...(vpn ? [finding("vpn")] : []),
    ...(facts.proxyVariables.length > 0 ? [finding("proxy", {}, facts.proxyVariables.join(", "))] : []),
    ...(roots.length > 0
      ? [
          finding(
            "rootsAdded",
            { count: roots.length },
            roots
              .map(({ subject }) => subject)
              .join("; ")
              .slice(0, 300),
          ),
        ]
      : []),
    ...(inHosts.length > 0 ? [finding("hostsFile", {}, `/etc/hosts: ${inHosts.slice(0, 5).join(", ")}`)] : []),
    ...(medium === "wwan" ? [finding("modem")] : []),
  ];
}

async function checkSix({ list, env }: LineOptions, signal: AbortSignal): Promise<Finding> {
  const own = readHostFacts(env).interfaces.flatMap(({ addresses }) => addresses);
  if (!own.some((ip) => /^[23]/.test(ip) && isIPv6(ip))) return finding("sixNone");
  const abroad = list.anchors.filter(({ group }) => group === "foreign");
  const known = abroad
    .flatMap(({ addresses, port }) => addresses.filter(isIPv6).map((ip) => ({ ip, port })))
    .slice(0, 3);
  if (known.length === 0) return finding("sixOk");
  const tries = await Promise.all(known.map(({ ip, port }) => connect({ ip, port, timeoutMs: STEP_MS }, signal)));
  for (const one of tries) if (one.ok) one.socket.destroy();
  const failures = tries.map(({ step }) => step.failure ?? "ok").join(", ");
  return finding(tries.some(({ ok }) => ok) ? "sixOk" : "sixBroken", {}, `IPv6 anchors: ${failures}`);
}

async function checkClock(look: Look, clock: ProbeClock, signal: AbortSignal): Promise<Finding> {
  const agreed = agreedTime(await look.dates(signal));
  if (agreed === null) return finding("clockUnknown", {}, "fewer than three operators agree on the time");
  return clockFinding(agreed.trueMinusMonoMs + clock.monoMs() - clock.wallMs(), "Date headers of anchors");
}

/** How a clock stands that is `offsetMs` behind the truth. Pure. */
export function clockFinding(offsetMs: number, source: string): Finding {
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const id = seconds <= CLOCK.okS ? "clockOk" : seconds <= CLOCK.wrongS ? "clockOff" : "clockWrong";
  return finding(id, { seconds }, `offset ${Math.round(offsetMs)} ms by ${source}`);
}
