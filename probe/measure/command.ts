import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { CodedError } from "../../protocol/coded-error.ts";
import { type Io, readArguments, usageError } from "../../protocol/command-line.ts";
import { EXIT } from "../../protocol/exit-code.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { LocalSuspect } from "../../protocol/records/local.ts";
import type { WebBody } from "../../protocol/records/web.ts";
import { bogonLookup } from "./bogon.ts";
import { processLookup } from "./dns-os-process.ts";
import { hostOf, parseEndpoint } from "./endpoint.ts";
import { readHostFacts } from "./host-facts.ts";
import { stepsText } from "./steps-text.ts";
import { systemResolvers } from "./system-resolvers.ts";
import { measureWeb, type WebOptions } from "./web.ts";

const USAGE = "kuager probe measure URL [--public-resolver IP[:PORT]]… [--doh URL]… [--address IP]… [--json] …";

const HELP = `Usage: ${USAGE}

Measures one site now, without consent or collector: DNS, TCP, TLS and the page, at every address.
URL is an http or https address; a bare name means https://name/. Exit code 0 whatever the network did.
The words telegram, whatsapp and signal measure that messenger instead (kuager probe measure telegram --help).

  --public-resolver IP[:PORT]   ask this DNS server too (may be repeated)
  --doh URL                     ask this DNS over HTTPS server too (may be repeated)
  --address IP                  try this address too (may be repeated)
  --control-sni NAME            an innocent name, to see whether a failure depends on the name
  --ca FILE                     trust the PEM certificates in FILE as well
  --no-followups                do not look closer at failures
  --json                        print {"body":…,"local":{"suspects":…}}

For laboratories:
  --system-resolver IP[:PORT]   use this in place of the host's own DNS servers (may be repeated)
  --allow-private               connect to private addresses (loopback, home networks) that DNS gives;
                                they are allowed anyway in ranges named by URL, --address or the resolvers
`;

const OPTIONS = {
  "public-resolver": { type: "string", multiple: true },
  doh: { type: "string", multiple: true },
  ca: { type: "string" },
  "control-sni": { type: "string" },
  address: { type: "string", multiple: true },
  "no-followups": { type: "boolean" },
  json: { type: "boolean" },
  /** Language of refusals and help (cli.ts); what was measured is told in English. */
  lang: { type: "string" },
  "allow-private": { type: "boolean" },
  "system-resolver": { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/** In place of a URL, which no single word is. */
const MESSENGER = /^(?:telegram|whatsapp|signal)$/;

type Values = ReturnType<typeof readArguments<typeof OPTIONS>>["values"];

/**
 * `kuager probe measure`: one measurement now, printed. Returns 0 whatever the network did; throws `usage` for wrong
 * words (malformed URL, resolver or address) and `bad_input` for a certificate file that cannot be read.
 */
export async function runMeasureCommand(argv: readonly string[], io: Io): Promise<number> {
  if (argv.some((word) => MESSENGER.test(word))) return (await import("./im-command.ts")).runImCommand(argv, io);
  const { values, words } = readArguments(argv, USAGE, OPTIONS, { min: 0, max: 1 });
  if (values.help) {
    io.out(HELP);
    return EXIT.ok;
  }
  const [word] = words;
  if (word === undefined) throw usageError("Something is missing: the URL to measure", USAGE);
  const options = readOptions(parseUrl(word), values, io);
  const body = await measureWeb(options, io.signal);
  const suspects: LocalSuspect[] = body.local ?? [];
  io.out(values.json ? `${JSON.stringify({ body, local: { suspects } })}\n` : humanText(body, suspects));
  return EXIT.ok;
}

function readOptions(url: URL, values: Values, io: Io): WebOptions {
  const publicResolvers = (values["public-resolver"] ?? []).map(checkResolver);
  const ownResolvers = values["system-resolver"]?.map(checkResolver);
  const doh = (values.doh ?? []).map(checkDoh);
  const addresses = (values.address ?? []).map(checkAddress);
  const named = [hostOf(url), ...addresses, ...publicResolvers.map(ipOf), ...(ownResolvers ?? []).map(ipOf)];
  const dohHosts = doh.map((text) => hostOf(new URL(text)));
  return {
    target: hostOf(url),
    url: url.href,
    round: randomUUID(),
    systemResolvers: ownResolvers ?? systemResolvers(),
    publicResolvers,
    doh,
    addresses,
    controlSni: values["control-sni"] === undefined ? null : checkName(values["control-sni"]),
    followups: !values["no-followups"],
    ...(values.ca !== undefined && { ca: [readCertificates(values.ca)] }),
    allowPrivate: values["allow-private"] ?? rangesOf([...named, ...dohHosts]),
    host: readHostFacts(io.env),
    lookup: processLookup(io.signal),
  };
}

/** A bare name or address, perhaps with port and path: `orda.kz`, `orda.kz:8443/x`, `[2001:db8::1]`. */
const BARE = /^(?:[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+\.?|\[[0-9a-f:.]+\])(?::\d+)?(?:[/?].*)?$/iu;
const DNS_NAME = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$/;

/** A URL to measure: http or https, no password in it; a bare name means https. Throws `usage`. */
export function parseUrl(text: string): URL {
  const full = BARE.test(text) ? `https://${text}` : text;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || !/^[a-z][a-z0-9+.-]*:\/\//i.test(full) || /\s/.test(text))
    throw usageError(`'${text}' is not a URL such as https://orda.kz/`, USAGE);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw usageError(`'${text}' is not an http or https URL`, USAGE);
  if (url.username !== "" || url.password !== "")
    throw usageError("The URL holds a user name or password, which would be recorded", USAGE);
  if (!isIP(hostOf(url)) && !DNS_NAME.test(url.hostname))
    throw usageError(`'${url.hostname}' is not a host name`, USAGE);
  if (url.href.length > LIMITS.url || hostOf(url).length > LIMITS.name)
    throw usageError(`The URL is longer than ${LIMITS.url} characters or its name than ${LIMITS.name}`, USAGE);
  if (url.port === "0") throw usageError("Nobody can be reached at port 0", USAGE);
  url.hash = "";
  return url;
}

function checkResolver(text: string): string {
  if (parseEndpoint(text, 53) === null) throw usageError(`'${text}' is not IP or IP:PORT of a DNS server`, USAGE);
  return text;
}

function checkAddress(text: string): string {
  if (isIP(text) === 0) throw usageError(`'${text}' is not an IP address`, USAGE);
  return text;
}

function checkDoh(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== "https:")
    throw usageError(`'${text}' is not an https URL of a DNS server`, USAGE);
  return text;
}

function checkName(text: string): string {
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i.test(text) || text.length > LIMITS.name || isIP(text))
    throw usageError(`'${text}' is not a host name`, USAGE);
  return text.toLowerCase();
}

function ipOf(resolver: string): string {
  return parseEndpoint(resolver, 53)?.ip ?? "";
}

/** Private ranges that the words of the command themselves point into: whoever names them means to go there. */
function rangesOf(ips: readonly string[]): string[] {
  const rangeOf = bogonLookup();
  return [...new Set(ips.map(rangeOf).filter((range) => range !== null))];
}

function readCertificates(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CodedError("bad_input", `The certificates cannot be read: ${why}`);
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----"))
    throw new CodedError("bad_input", `${path} holds no PEM certificate (a block that starts with BEGIN CERTIFICATE).`);
  return text;
}

function humanText(body: WebBody, suspects: readonly LocalSuspect[]): string {
  const warnings = suspects.map((suspect) => `On this host: ${suspect.says}\n`).join("");
  return `${body.url} in ${Math.round(body.durationMs)} ms\n\n${stepsText(body)}${warnings && `\n${warnings}`}`;
}
