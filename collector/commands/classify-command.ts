import { open } from "node:fs/promises";
import { z } from "zod";
import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { parseJson } from "../../protocol/parse.ts";
import { LocalSuspect } from "../../protocol/records/local.ts";
import { WebBody } from "../../protocol/records/web.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import { loadBlockPages, loadInterception, loadNetworks, loadTargetList } from "../../targets/load.ts";
import { classify } from "../analysis/classify.ts";
import { type Knowledge, knowledgeFrom } from "../analysis/knowledge.ts";
import { classifyOoni, readOoni } from "../exchange/ooni/classify-ooni.ts";

const USAGE =
  "kuager classify --measurement FILE [--control FILE]… [--control-inside FILE]… | --ooni FILE [--country KZ] [--hosted-in KZ] [--targets DIR] [--json]";
const HELP = `Usage: ${USAGE}

Judges one measurement, as 'kuager probe measure URL --json' prints it, against measurements of the same URL from
networks that are not censored.

  --measurement FILE  what the probe saw
  --control FILE      what a control saw; may be given several times
  --control-inside FILE
                      the same, of a control on another network of the watched country: for a site hosted there one
                      control that reaches it, wherever it stands, shows that it is up; of a site hosted elsewhere a
                      control inside counts only where it reached it
  --ooni FILE         one OONI web_connectivity report instead; its test helper is the control
  --country CODE      country that is watched (KZ)
  --hosted-in CODE    country where the site is hosted, if the target list does not say
  --targets DIR       target list and known block pages to use instead of the built-in ones
  --json              the verdict as JSON
`;
const OPTIONS = {
  measurement: { type: "string" },
  control: { type: "string", multiple: true },
  "control-inside": { type: "string", multiple: true },
  country: { type: "string" },
  "hosted-in": { type: "string" },
  ooni: { type: "string" },
  targets: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
/** A body at its schema's limits stays below this. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;
const Suspects = z.array(LocalSuspect).max(LIMITS.checks);
/** What `kuager probe measure --json` prints; a bare list of suspects is taken too. */
const Printed = z.object({
  body: WebBody,
  local: z.union([z.object({ suspects: Suspects }), Suspects]).optional(),
});
type Measured = { body: WebBody; local: LocalSuspect[] };

/** `kuager classify`: prints the verdict of one measurement. `bad_input` names the file and what is wrong with it. */
export async function runClassifyCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, OPTIONS);
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  if (values.ooni !== undefined) {
    if (values.measurement !== undefined || values.control !== undefined || values["control-inside"] !== undefined)
      throw usageError("--ooni brings its own control; it goes with no --measurement and no --control", USAGE);
    return runOoni(values.ooni, values, io);
  }
  if (values.measurement === undefined) throw usageError("--measurement is missing", USAGE);
  const country = countryOf(values.country, "--country") ?? "KZ";
  const hostedIn = countryOf(values["hosted-in"], "--hosted-in");
  const measured = await readPrinted(values.measurement);
  const controls = await Promise.all([
    ...(values.control ?? []).map((file) => readControl(file, measured, null)),
    ...(values["control-inside"] ?? []).map((file) => readControl(file, measured, country)),
  ]);
  const knowledge = loadKnowledge({ country, hostedIn, dir: values.targets, body: measured.body });
  const verdict = classify({ body: measured.body, local: measured.local, link: null }, controls, knowledge);
  io.out(values.json === true ? `${JSON.stringify(verdict)}\n` : toText(verdict));
  return EXIT.ok;
}

type OoniFlags = { country?: string; "hosted-in"?: string; targets?: string; json?: boolean };

async function runOoni(file: string, flags: OoniFlags, io: Io): Promise<number> {
  const country = countryOf(flags.country, "--country") ?? "KZ";
  const hostedIn = countryOf(flags["hosted-in"], "--hosted-in");
  const report = readOoni(file, await readText(file));
  const knowledge = loadKnowledge({ country, hostedIn, dir: flags.targets, body: report.body });
  const verdict = classifyOoni(report, knowledge);
  io.out(flags.json === true ? `${JSON.stringify(verdict)}\n` : toText(verdict));
  return EXIT.ok;
}

async function readControl(file: string, measured: Measured, place: string | null) {
  const { body, local } = await readPrinted(file);
  if (sameForm(body.url) !== sameForm(measured.body.url))
    throw new CodedError(
      "bad_input",
      `${file}: it measured ${body.url}, not ${measured.body.url}; a control must have measured the same URL.`,
    );
  return {
    body: { ...body, local: [...(body.local ?? []), ...local].slice(0, LIMITS.checks) },
    place,
    measuredAt: 0,
    probe: file,
  };
}

async function readPrinted(file: string): Promise<Measured> {
  const parsed = parseJson(Printed, await readText(file));
  if (!parsed.ok)
    throw new CodedError("bad_input", `${file}: not a printed measurement: ${parsed.problems.join("; ")}`);
  const { body, local = [] } = parsed.value;
  return { body, local: Array.isArray(local) ? local : local.suspects };
}

async function readText(file: string): Promise<string> {
  const handle = await open(file).catch((error: unknown) => {
    throw new CodedError("bad_input", `${file}: cannot be read: ${reasonOf(error)}`, { cause: error });
  });
  try {
    const { size } = await handle.stat();
    if (size > FILE_BYTES_MAX) throw new CodedError("bad_input", `${file}: larger than ${FILE_BYTES_MAX} bytes.`);
    return await handle.readFile("utf8");
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("bad_input", `${file}: cannot be read: ${reasonOf(error)}`, { cause: error });
  } finally {
    await handle.close();
  }
}

function loadKnowledge(from: {
  country: string;
  hostedIn: string | null;
  dir: string | undefined;
  body: WebBody;
}): Knowledge {
  const listed = loadTargetList(from.dir).targets;
  const known = listed.find(({ id }) => id === from.body.target);
  const hostedIn = from.hostedIn ?? known?.hostedIn ?? null;
  return knowledgeFrom({
    country: from.country,
    targets: [{ id: from.body.target, url: from.body.url, hostedIn }],
    interception: loadInterception(from.dir),
    blockPages: loadBlockPages(from.dir),
    networks: loadNetworks(from.dir),
  });
}

function countryOf(text: string | undefined, flag: string): string | null {
  if (text === undefined) return null;
  if (!/^[A-Za-z]{2}$/.test(text)) throw usageError(`${flag} takes a two-letter country code such as KZ`, USAGE);
  return text.toUpperCase();
}

function toText(verdict: Verdict): string {
  const reasons = verdict.reasons.map(({ says, steps, of }) => {
    const where = of === "control" ? " (controls)" : steps.length > 0 ? ` (steps ${steps.join(", ")})` : "";
    return `  - ${says}${where}\n`;
  });
  return `${verdict.code} (${verdict.strength}; rule ${verdict.rule}, version ${verdict.rulesVersion})\n${reasons.join("")}`;
}

/** `https://orda.kz` and `https://orda.kz/` are one URL. */
function sameForm(url: string): string {
  return URL.canParse(url) ? new URL(url).href : url;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
