import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CodedError, errorCode } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { witnessVerifier } from "../../protocol/cosignature.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { type NoteVerifier, readVerifier, verifierText } from "../../protocol/note.ts";
import { generateIdentity, probeIdOf, publicKeyOf } from "../../protocol/signature.ts";
import type { WitnessKey } from "../evidence/witness/answer.ts";
import { openBook } from "../evidence/witness/book.ts";
import { createWitness } from "../evidence/witness/server.ts";

const USAGE = "kuager collector witness --data DIR --log KEY… [--name NAME] [--host ADDR] [--port N]";

const HELP = `${USAGE}

Runs a witness of transparency logs for another organisation's collector (C2SP tlog-witness). It cosigns a head of a log
only if that goes on from the last one it cosigned: so a history that was rewritten for you alone cannot be shown to others.
It keeps the last head of each log and its own key, and nothing about who asks.

  --data DIR     where it keeps its key and what it has seen; a copy of it must never run beside the original
  --log KEY      key of a log to watch (what 'kuager collector log' prints first); may be repeated
  --name NAME    its name, best an address of your own without https://, such as witness.example.org/kuager
  --host ADDR    default 127.0.0.1; put a proxy with TLS before it
  --port N       default 8090; 0 takes any free port

It prints its own key, to be put into the policies of those who ask it and of those who check.
`;

const OPTIONS = {
  data: { type: "string" },
  log: { type: "string", multiple: true },
  name: { type: "string" },
  host: { type: "string" },
  port: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** `kuager collector witness`: runs until the signal. Errors: `usage`, `try_later` (port in use), those of its folder. */
export async function runWitness(argv: readonly string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, USAGE, OPTIONS);
  if (values.help === true) {
    io.out(HELP);
    return EXIT.ok;
  }
  const { data, log = [], host = "127.0.0.1" } = values;
  const port = Number(values.port ?? 8090);
  if (data === undefined || log.length === 0) throw usageError("--data and at least one --log are needed", USAGE);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw usageError(`'${values.port}' is no port`, USAGE);
  const logs = log.map(logKey);
  const book = await openBook(data);
  try {
    const key = keyIn(data, values.name);
    const told = (what: object) => io.err(`${JSON.stringify(what)}\n`);
    const server = createWitness({ key, logs, book, now: Date.now, told });
    const url = await listen(server, { host, port });
    io.out(`${verifierText(witnessVerifier(key.name, key.privateKeyPem))} ${url}\n`);
    await aborted(io.signal);
    server.closeAllConnections();
    await new Promise<void>((done) => void server.close(() => done()));
    return EXIT.ok;
  } finally {
    book.close();
  }
}

function logKey(text: string): NoteVerifier {
  const key = readVerifier(text);
  if (key === null)
    throw new CodedError("bad_input", `'${text.slice(0, 80)}' is no key of a log: expected name+hash+key.`);
  return key;
}

/** The key of this witness: made once, and kept for its owner alone. Its name is fixed with the first start. */
function keyIn(folder: string, name: string | undefined): WitnessKey {
  const file = join(folder, "witness.key");
  const nameFile = join(folder, "witness.name");
  try {
    if (!existsSync(file)) writeFileSync(file, generateIdentity().privateKeyPem, { mode: 0o600, flag: "wx" });
    const privateKeyPem = readFileSync(file, "utf8");
    const own = `kuager-witness-${probeIdOf(publicKeyOf(privateKeyPem)).slice(0, 16)}`;
    if (!existsSync(nameFile)) writeFileSync(nameFile, `${name ?? own}\n`);
    const kept = readFileSync(nameFile, "utf8").trim();
    if (name !== undefined && name !== kept)
      throw usageError(`This witness is called '${kept}' since its first start`, USAGE);
    return { name: kept, privateKeyPem };
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError("cannot_write", `Cannot keep a key in ${folder} (${errorCode(error) ?? "unknown"}).`, {
      cause: error,
    });
  }
}

function listen(
  server: ReturnType<typeof createWitness>,
  { host, port }: { host: string; port: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const code = errorCode(error) ?? "unknown";
      reject(new CodedError("try_later", `Cannot listen on ${host} port ${port} (${code}).`, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      const given = typeof address === "object" && address !== null ? address.port : port;
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${given}`);
    });
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
