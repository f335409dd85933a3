// The filter's process. Orders are lines of standard input, each answered by one line; it ends with its standard input.
import { createInterface } from "node:readline";
import { assertNever } from "../../../protocol/coded-error.ts";
import { parseJson } from "../../../protocol/parse.ts";
import type { ServerReply } from "../servers/config.ts";
import { listenRacer } from "./dns-racer.ts";
import { type Box, Orders } from "./orders.ts";
import { type Closable, listenHttpFilter, listenPage, listenTlsFilter } from "./tcp-box.ts";

let standing: Closable[] = [];

function listen(box: Box): Promise<Closable> {
  switch (box.box) {
    case "tls-filter":
      return listenTlsFilter(box);
    case "http-filter":
      return listenHttpFilter(box);
    case "page":
      return listenPage(box);
    case "dns-racer":
      return listenRacer(box);
    default:
      return assertNever(box);
  }
}

async function obey(line: string): Promise<void> {
  const orders = parseJson(Orders, line);
  if (!orders.ok) throw new Error(orders.problems.join("; "));
  for (const box of standing) box.close();
  standing = [];
  for (const box of orders.value.boxes) standing.push(await listen(box));
}

function reply(message: ServerReply): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const lines = createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
for await (const line of lines) {
  try {
    await obey(line);
    reply({ ok: true });
  } catch (error) {
    reply({ ok: false, problem: error instanceof Error ? error.message : String(error) });
  }
}
