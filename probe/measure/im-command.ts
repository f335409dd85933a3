import { randomUUID } from "node:crypto";
import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { ImBody } from "../../protocol/records/im.ts";
import { loadMessengers } from "../../targets/messengers.ts";
import { readCertificates } from "../config.ts";
import { parseEndpoint } from "./endpoint.ts";
import { readHostFacts } from "./host-facts.ts";
import { measureIm } from "./im.ts";
import { stepsText } from "./steps-text.ts";
import { systemResolvers } from "./system-resolvers.ts";

const USAGE = "kuager probe measure telegram|whatsapp|signal [--public-resolver IP[:PORT]]… [--doh URL]… [--json] …";

const HELP = `Usage: ${USAGE}

Measures one messenger now, without consent or collector: its names, a connection to each of its data centres and
ports, a handshake with its servers, the page of its web client. No account is needed and no message is sent.
Exit code 0 whatever the network did.

  --public-resolver IP[:PORT]   ask this DNS server too (may be repeated)
  --doh URL                     ask this DNS over HTTPS server too (may be repeated)
  --ca FILE                     trust the PEM certificates in FILE as well (may be repeated)
  --targets DIR                 take messengers.ndjson from DIR
  --json                        print {"body":…,"local":{"suspects":…}}

For laboratories:
  --system-resolver IP[:PORT]   use this in place of the host's own DNS servers (may be repeated)
  --allow-private               connect to private addresses (loopback, home networks)
`;

const OPTIONS = {
  "public-resolver": { type: "string", multiple: true },
  doh: { type: "string", multiple: true },
  ca: { type: "string", multiple: true },
  targets: { type: "string" },
  json: { type: "boolean" },
  /** Language of refusals and help (cli.ts); what was measured is told in English. */
  lang: { type: "string" },
  "allow-private": { type: "boolean" },
  "system-resolver": { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/** Whether a word of the command line names a messenger. */
export function isMessenger(word: string | undefined): word is ImBody["service"] {
  return ImBody.shape.service.safeParse(word).success;
}

/**
 * `kuager probe measure telegram|whatsapp|signal`: one measurement now, printed. Returns 0 whatever the network did;
 * throws `usage` for wrong words and `bad_input` for certificates or endpoints that cannot be read.
 */
export async function runImCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 1 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [word] = words;
  if (!isMessenger(word)) throw usageError(`'${word ?? ""}' is no messenger that is known here`, USAGE);
  const messenger = loadMessengers(values.targets).find(({ service }) => service === word);
  if (messenger === undefined) throw new CodedError("bad_input", `There are no endpoints of ${word} in the list.`);
  const body = await measureIm(
    {
      messenger,
      round: randomUUID(),
      systemResolvers: values["system-resolver"]?.map(checkResolver) ?? systemResolvers(),
      publicResolvers: (values["public-resolver"] ?? []).map(checkResolver),
      doh: (values.doh ?? []).map(checkDoh),
      ca: readCertificates(values.ca),
      allowPrivate: values["allow-private"] ?? false,
      host: readHostFacts(io.env),
    },
    io.signal,
  );
  const suspects = body.local ?? [];
  io.out(values.json ? `${JSON.stringify({ body, local: { suspects } })}\n` : humanText(body));
  return EXIT.ok;
}

function checkResolver(text: string): string {
  if (parseEndpoint(text, 53) === null) throw usageError(`'${text}' is not IP or IP:PORT of a DNS server`, USAGE);
  return text;
}

function checkDoh(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== "https:")
    throw usageError(`'${text}' is not an https URL of a DNS server`, USAGE);
  return text;
}

function humanText(body: ImBody): string {
  const { service, tcp, tls, durationMs, local = [] } = body;
  const open = tcp.filter(({ failure }) => failure === null).length;
  const good = tls.filter(({ trusted }) => trusted === true).length;
  const counts = `${open} of ${tcp.length} connections, ${good} of ${tls.length} handshakes with a certificate that holds`;
  const warnings = local.map(({ says }) => `On this host: ${says}\n`).join("");
  const head = `${service} in ${Math.round(durationMs)} ms: ${counts}`;
  return `${head}\n\n${stepsText(body)}${warnings && `\n${warnings}`}`;
}
