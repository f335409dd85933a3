// One server process of the lab. Configuration is the first line of standard input, commands follow; it ends with its
// standard input, so that nothing is left when whoever started it is gone.
import { createInterface } from "node:readline";
import { parseJson } from "../../../protocol/parse.ts";
import { answerQuestion, failQuestion } from "./answer.ts";
import { ServerCommand, ServerConfig, type ServerReply, type SiteAnswer } from "./config.ts";
import { serveDns } from "./dns.ts";
import { serveWeb } from "./web.ts";

let sites: Readonly<Record<string, SiteAnswer>> = {};
let started = false;

async function start(line: string): Promise<void> {
  const config = parseJson(ServerConfig, line);
  if (!config.ok) throw new Error(config.problems.join("; "));
  const { zone, dns, lame } = config.value;
  const answer = (question: Buffer) => answerQuestion(question, zone);
  for (const address of dns) await serveDns(address, answer);
  for (const address of lame) await serveDns(address, failQuestion);
  await serveWeb(config.value, answer, (name) => sites[name]);
}

function obey(line: string): void {
  const command = parseJson(ServerCommand, line);
  if (!command.ok) throw new Error(command.problems.join("; "));
  sites = command.value.sites;
}

function reply(message: ServerReply): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
for await (const line of lines) {
  try {
    if (started) obey(line);
    else await start(line);
    started = true;
    reply({ ok: true });
  } catch (error) {
    reply({ ok: false, problem: error instanceof Error ? error.message : String(error) });
  }
}
