import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { LIMITS } from "../protocol/limits.ts";
import { Ip, Text } from "../protocol/primitives.ts";
import { ImBody } from "../protocol/records/im.ts";
import { type DataFile, dataFile, type Rows, readRows, refuse } from "./ndjson.ts";

const Filled = Text.min(1, "must not be empty");
const Host = z
  .string()
  .max(LIMITS.name)
  .regex(/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/, "expected a lower-case host name");
const Port = z.int().min(1).max(65535);
const Ports = z.array(Port).min(1).max(8);
const Addresses = z.array(Ip).max(LIMITS.addressesPerName);
const common = { id: z.string().min(1).max(LIMITS.name), service: ImBody.shape.service, source: Filled };

/** A line of messengers.ndjson: what of one messenger is reached for, and how far. */
const MessengerRow = z.discriminatedUnion("kind", [
  /** A data centre by its address: connections only. */
  z.strictObject({ ...common, kind: z.literal("address"), ip: Ip, ports: Ports }),
  /** A data centre by its name, which speaks a protocol of its own: name and connections only. */
  z.strictObject({ ...common, kind: z.literal("name"), host: Host, ports: Ports }),
  /** A server of the apps: up to the handshake. */
  z.strictObject({ ...common, kind: z.literal("tls"), host: Host, port: Port, addresses: Addresses }),
  /** The web client: up to its page. */
  z.strictObject({
    ...common,
    kind: z.literal("page"),
    url: z.url({ protocol: /^https$/, error: "expected an https address" }).max(LIMITS.url),
    addresses: Addresses,
  }),
  /** A root certificate that the messenger's apps trust, and browsers do not. */
  z
    .strictObject({
      ...common,
      kind: z.literal("root"),
      pem: z.string().max(16 * 1024),
      sha256: z.string(),
    })
    .refine(({ pem, sha256 }) => rootHash(pem) === sha256, {
      path: ["pem"],
      error: "not one PEM certificate of an authority with this sha256",
    }),
]);
type MessengerRow = z.infer<typeof MessengerRow>;

/** What is known of one messenger. */
export type Messenger = {
  service: ImBody["service"];
  /** Data centres by address. */
  addresses: { ip: string; ports: readonly number[] }[];
  /** Data centres by name. */
  names: { host: string; ports: readonly number[] }[];
  /** Servers that are reached by TLS; `page` says whether the page is fetched, too. `addresses` are known ones. */
  sites: { url: string; page: boolean; addresses: readonly string[] }[];
  /** PEM certificates of the messenger's own authorities. */
  roots: string[];
};

/**
 * The messengers' endpoints, in the order of the file. `dir` may hold a `messengers.ndjson` of its own. Throws
 * `bad_input` naming every wrong line, and a messenger that has more endpoints than one record holds.
 */
export function loadMessengers(dir?: string): Messenger[] {
  const file = dataFile("messengers.ndjson", dir);
  const read = readRows(file, MessengerRow, { name: "id", of: (row) => row.id });
  refuse([...read.problems, ...tooMany(file, read)]);
  const rows = read.rows.map(({ value }) => value);
  return [...new Set(rows.map(({ service }) => service))].map((service) => gather(service, rows));
}

function gather(service: Messenger["service"], all: readonly MessengerRow[]): Messenger {
  const messenger: Messenger = { service, addresses: [], names: [], sites: [], roots: [] };
  for (const row of all) {
    if (row.service !== service) continue;
    if (row.kind === "address") messenger.addresses.push({ ip: row.ip, ports: row.ports });
    else if (row.kind === "name") messenger.names.push({ host: row.host, ports: row.ports });
    else if (row.kind === "root") messenger.roots.push(row.pem);
    else messenger.sites.push(site(row));
  }
  return messenger;
}

function site(row: Extract<MessengerRow, { kind: "tls" | "page" }>): Messenger["sites"][number] {
  const { addresses } = row;
  if (row.kind === "page") return { url: row.url, page: true, addresses };
  return { url: new URL(`https://${row.host}:${row.port}/`).href, page: false, addresses };
}

/** A record that cannot hold a step for each endpoint would be silent about the last of them. */
function tooMany(file: DataFile, read: Rows<MessengerRow>): string[] {
  const counts = new Map<string, number>();
  return read.rows.flatMap(({ line, value }) => {
    const steps = value.kind === "root" ? 0 : "ports" in value ? value.ports.length : 1;
    const count = (counts.get(value.service) ?? 0) + steps;
    counts.set(value.service, count);
    const over = count > LIMITS.stepsPerKind && count - steps <= LIMITS.stepsPerKind;
    return over
      ? [`${file.label}:${line}: service: '${value.service}' has more than ${LIMITS.stepsPerKind} connections`]
      : [];
  });
}

function rootHash(pem: string): string | null {
  if (pem.split("-----BEGIN CERTIFICATE-----").length !== 2) return null;
  try {
    const certificate = new X509Certificate(pem);
    return certificate.ca ? certificate.fingerprint256.replaceAll(":", "").toLowerCase() : null;
  } catch {
    return null;
  }
}
