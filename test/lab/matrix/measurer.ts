// The probe's measurement as a process inside a namespace: the first line of standard input is its settings, each
// further line a question; each is answered by one line. It ends with its standard input.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { createAuthenticity } from "../../../probe/link/authentic.ts";
import { createNames } from "../../../probe/link/names.ts";
import { sense } from "../../../probe/link/sense.ts";
import { measureSpeed } from "../../../probe/measure/speed.ts";
import { systemResolvers } from "../../../probe/measure/system-resolvers.ts";
import { measureWeb } from "../../../probe/measure/web.ts";
import { isKnownBlockPage } from "../../../probe/schedule/block-page.ts";
import { parseJson } from "../../../protocol/parse.ts";
import { knownBlockPages } from "./block-pages.ts";
import { type Measured, MeasurerSettings, Question } from "./questions.ts";

/** Short, since the lab's ways are; long enough for a machine that is busy. */
const DEADLINES = { dnsMs: 1_200, lateMs: 250, tcpMs: 1_500, tlsMs: 2_000, httpMs: 2_000, totalMs: 40_000 };
const SENSE_MS = 1_500;
const SPEED_CAPS = { bytes: 64 * 1024, timeMs: 1_500, tailMs: 6_000, restMs: 20 };

const blockPages = knownBlockPages();
const signal = new AbortController().signal;
let settings: MeasurerSettings | null = null;

async function web(question: Question, { ca, controlName, publicResolvers, doh }: MeasurerSettings) {
  const all = question.resolvers === "all";
  return measureWeb(
    {
      target: new URL(question.url).hostname,
      url: question.url,
      round: randomUUID(),
      systemResolvers: systemResolvers(),
      publicResolvers: all ? publicResolvers : [],
      doh: all ? doh : [],
      addresses: question.addresses,
      controlSni: controlName,
      followups: question.followups,
      ca: [ca],
      deadlines: DEADLINES,
      isBlockPage: (page) => isKnownBlockPage(page, blockPages),
    },
    signal,
  );
}

/** A look at the line as by a probe that has just started: nothing is remembered from earlier ones. */
async function line({ anchors, ca }: MeasurerSettings) {
  const names = createNames({ servers: () => systemResolvers(), isBogon: () => false });
  const authenticity = createAuthenticity([ca]);
  const options = { anchors, names, authenticity, timeoutMs: SENSE_MS, withPorts: false, random: Math.random };
  const { state, portal, checks } = await sense(options, signal);
  return { state, portal, checks };
}

async function speed({ url, speed: pair }: Question, { ca }: MeasurerSettings) {
  if (pair === undefined) return null;
  const control = { url: pair.controlUrl, ip: pair.controlIp, choice: pair.choice };
  const target = new URL(url).hostname;
  return measureSpeed({ target, object: { url, ip: pair.ip }, control, caps: SPEED_CAPS, ca: [ca] }, signal);
}

async function answer(text: string): Promise<Measured | null> {
  if (settings === null) {
    settings = read(MeasurerSettings, text);
    return null;
  }
  const question = read(Question, text);
  if (question.speed !== undefined)
    return { web: null, link: null, speed: await speed(question, settings), problem: null };
  const [body, link] = await Promise.all([web(question, settings), question.link ? line(settings) : null]);
  return { web: body, link, speed: null, problem: null };
}

function read<S extends Parameters<typeof parseJson>[0]>(schema: S, text: string) {
  const parsed = parseJson(schema, text);
  if (!parsed.ok) throw new Error(parsed.problems.join("; "));
  return parsed.value;
}

const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
for await (const text of lines) {
  const reply = await answer(text).catch((error: unknown): Measured => {
    const problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { web: null, link: null, speed: null, problem };
  });
  process.stdout.write(`${JSON.stringify(reply ?? {})}\n`);
}
