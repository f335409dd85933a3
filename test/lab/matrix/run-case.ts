import { assertNever, CodedError } from "../../../protocol/coded-error.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import type { SeriesCase, SpeedCase, WebCase } from "./case.ts";
import { compareSpeed, fits, verdictOf } from "./judge.ts";
import type { Lane } from "./lane.ts";
import { allAddresses, site } from "./places.ts";
import type { Measured, Question } from "./questions.ts";
import { verdictOfSeries } from "./run-series.ts";
import type { MatrixCase } from "./table.ts";

/** A case that was run. `seen` holds what was measured, for a closer look at what went wrong. */
export type Outcome = {
  name: string;
  act: string;
  manner: string;
  expected: string;
  got: string;
  right: boolean;
  tookMs: number;
  verdict: Verdict | null;
  seen: { probe: Measured; control: Measured | null } | null;
};

/** Begins the act, measures, judges, and lifts the act whatever happens. Throws `failed` when a part of the lab breaks. */
export async function runCase(one: MatrixCase, lane: Lane, signal: AbortSignal): Promise<Outcome> {
  signal.throwIfAborted();
  const beganMs = performance.now();
  const inForce = await one.act.begin(lane.ground);
  try {
    const outcome = await until(measure(one, lane, signal), signal);
    return { ...outcome, name: one.name, act: one.act.title, tookMs: performance.now() - beganMs };
  } finally {
    await inForce.remove();
    // What the resolver could not ask while the act lasted is no part of the next case.
    await lane.ground.resolver.forget();
  }
}

type Judged = Omit<Outcome, "name" | "act" | "tookMs">;

function measure(one: MatrixCase, lane: Lane, signal: AbortSignal): Promise<Judged> {
  switch (one.kind) {
    case "web":
      return measureWebCase(one, lane);
    case "speed":
      return measureSpeedCase(one, lane);
    case "series":
      return measureSeriesCase(one, lane, signal);
    default:
      return assertNever(one);
  }
}

async function measureWebCase(one: WebCase, lane: Lane): Promise<Judged> {
  const question: Question = {
    url: `${one.scheme}://${one.site}/`,
    resolvers: one.resolvers,
    addresses: one.controls ? allAddresses(one.site) : [],
    followups: one.followups,
    link: one.link,
  };
  const abroad: Question = { ...question, resolvers: "all", addresses: [], followups: false, link: false };
  const [probe, control] = await Promise.all([lane.asProbe(question), one.controls ? lane.asControl(abroad) : null]);
  const verdict = verdictOf(one, probe, control);
  const { code, stage, strength, local } = one.expected;
  const suspects = (probe.web?.local ?? []).map(({ kind }) => kind);
  return {
    manner: mannerOf(one),
    expected: [code, stage, strength, local].filter(Boolean).join(" "),
    got:
      verdict === null
        ? "nothing measured"
        : [verdict.code, verdict.stage, verdict.strength, ...suspects, `(${verdict.rule})`].join(" "),
    right: verdict !== null && fits(verdict, suspects, one.expected),
    verdict,
    seen: { probe, control },
  };
}

/** The middle one of three pairs: on a busy machine a single one says little. */
async function measureSpeedCase(one: SpeedCase, lane: Lane): Promise<Judged> {
  const pairs: Measured[] = [];
  for (let count = 0; count < PAIRS; count++) pairs.push(await measurePair({ ...one, choice: "foreign" }, lane));
  const compared = pairs.map(({ speed }) => (speed === null ? null : compareSpeed(speed)));
  const [, middle] = compared.filter((pair) => pair !== null).sort((a, b) => a.ratio - b.ratio);
  const [probe] = pairs;
  return {
    manner: `pairs with ${one.control}`,
    expected: one.slower ? "slower" : "as fast",
    got: middle === undefined ? "nothing measured" : `ratio ${middle.ratio.toFixed(3)}`,
    right: middle?.slower === one.slower,
    verdict: null,
    seen: probe === undefined ? null : { probe, control: null },
  };
}

const PAIRS = 3;

async function measureSeriesCase(one: SeriesCase, lane: Lane, signal: AbortSignal): Promise<Judged> {
  const pair = async () => {
    const { speed } = await measurePair({ ...one, choice: "same-prefix" }, lane);
    if (speed === null) throw new CodedError("failed", "A pair brought no record of speed.");
    return speed;
  };
  const verdict = await verdictOfSeries(pair, one.throttled, signal);
  const code = verdict?.code ?? "nothing throttled";
  return {
    manner: `pairs with ${one.control} as of three probes over hours`,
    expected: one.throttled ? "throttled http contrasted" : "nothing throttled",
    got: verdict === null ? code : `${code} ${verdict.stage} ${verdict.strength} (${verdict.rule})`,
    right: code === (one.throttled ? "throttled" : "nothing throttled"),
    verdict,
    seen: null,
  };
}

type Pair = Pick<SpeedCase, "site" | "control"> & { choice: "foreign" | "same-prefix" };

function measurePair({ choice, ...one }: Pair, lane: Lane): Promise<Measured> {
  const [ip] = site(one.site).addresses;
  const [controlIp] = site(one.control).addresses;
  const speed = { ip, controlUrl: `https://${one.control}/large`, controlIp, choice };
  const url = `https://${one.site}/large`;
  return lane.asProbe({ url, resolvers: "all", addresses: [], followups: false, link: false, speed });
}

function mannerOf({ site: name, scheme, resolvers, controls, followups, link }: WebCase): string {
  const words = [`${scheme}://${name}/`, resolvers === "all" ? "all resolvers" : "provider's resolver"];
  if (controls) words.push("controls");
  if (!followups) words.push("no follow-ups");
  if (!link) words.push("line unknown");
  return words.join(", ");
}

/** A result, or the signal's reason as soon as it aborts. */
async function until<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stop = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: stop.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stop.abort();
  }
}
