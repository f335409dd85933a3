import { classify } from "../../../collector/analysis/classify.ts";
import { type Knowledge, knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import { linkView } from "../../../collector/analysis/read/link-view.ts";
import type { LinkBody } from "../../../protocol/records/link.ts";
import type { LocalSuspect } from "../../../protocol/records/local.ts";
import type { SpeedBody } from "../../../protocol/records/speed.ts";
import type { Verdict } from "../../../protocol/verdict.ts";
import { loadInterception } from "../../../targets/load.ts";
import { knownBlockPages } from "./block-pages.ts";
import type { ExpectedVerdict, WebCase } from "./case.ts";
import { site } from "./places.ts";
import type { Measured } from "./questions.ts";

/** Below this ratio of goodput a target is called slower than its control; throttled ones are far below, others about 1. */
const SLOWER = 0.25;

/** The collector's verdict on a measurement, with its control's where there is one. */
export function verdictOf(
  { site: name, scheme }: Pick<WebCase, "site" | "scheme">,
  seen: Measured,
  control: Measured | null,
): Verdict | null {
  if (seen.web === null) return null;
  const { hostedIn = null } = site(name);
  const url = `${scheme}://${name}/`;
  const controls = control?.web ? [{ body: control.web, place: "DE", measuredAt: 0, probe: "control" }] : [];
  const link = seen.link === null ? null : linkView(asBody(seen.link));
  return classify({ body: seen.web, local: [], link }, controls, knowledge(name, url, hostedIn));
}

/** Whether a verdict is what was expected. */
export function fits(
  verdict: Pick<Verdict, "code" | "stage" | "strength">,
  suspects: readonly LocalSuspect["kind"][],
  { code, stage, strength, local }: ExpectedVerdict,
): boolean {
  return (
    code === verdict.code &&
    (local === undefined || suspects.includes(local)) &&
    (stage === undefined || stage === verdict.stage) &&
    (strength === undefined || strength === verdict.strength)
  );
}

/** Ratio of the target's goodput to its control's, and whether it is slower; null when either brought nothing. */
export function compareSpeed({ samples }: SpeedBody): { ratio: number; slower: boolean } | null {
  const [target, control] = [goodput(samples.target), goodput(samples.control)];
  if (target === null || control === null) return null;
  const ratio = target / control;
  return { ratio, slower: ratio < SLOWER };
}

function goodput(series: SpeedBody["samples"]["target"]): number | null {
  const [ms, bytes] = series.at(-1) ?? [0, 0];
  return bytes > 0 ? bytes / Math.max(1, ms) : null;
}

function knowledge(id: string, url: string, hostedIn: string | null): Knowledge {
  return knowledgeFrom({
    country: "KZ",
    targets: [{ id, url, hostedIn }],
    interception: loadInterception(),
    blockPages: knownBlockPages(),
  });
}

/** Only what `linkView` reads is real. */
function asBody(link: NonNullable<Measured["link"]>): LinkBody {
  return { ...link, since: "1970-01-01T00:00:00.000Z", medium: "ethernet", vpn: false, ports: {}, collector: [] };
}
