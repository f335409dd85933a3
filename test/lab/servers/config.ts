import { z } from "zod";

/** How a resolver lies about one name. */
export const Lie = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("address"), address: z.ipv4() }),
  z.object({ kind: z.enum(["nxdomain", "refused", "servfail", "silence"]) }),
]);
export type Lie = z.infer<typeof Lie>;

/** Lies by name; everything else is answered truly. */
export const Lies = z.record(z.string(), Lie);
export type Lies = z.infer<typeof Lies>;

/** Names and their addresses: all the DNS there is in the lab. */
export const Zone = z.record(z.string(), z.array(z.ipv4()));
export type Zone = z.infer<typeof Zone>;

const Credential = z.object({ certificate: z.string(), key: z.string() });
export type Credential = z.infer<typeof Credential>;

/** What one server process does; the first line of its standard input. */
export const ServerConfig = z.object({
  zone: Zone,
  /** Addresses that answer DNS on port 53, UDP and TCP. */
  dns: z.array(z.ipv4()),
  /** Addresses that answer DNS over HTTPS (RFC 8484) at /dns-query, and their certificate. */
  doh: z.array(z.ipv4()),
  /** Web sites: name, page title and the addresses that serve it on ports 80 and 443. */
  sites: z.array(z.object({ name: z.string(), title: z.string(), addresses: z.array(z.ipv4()) })),
  credentials: z.record(z.string(), Credential),
});
export type ServerConfig = z.infer<typeof ServerConfig>;

/** How a site answers instead of with its page; `to` says whom: subscribers inside the country, or everybody. */
export const SiteAnswer = z.object({
  to: z.enum(["inside", "everybody"]),
  status: z.int().min(200).max(599),
  title: z.string(),
  body: z.string(),
  headers: z.record(z.string(), z.string()),
});
export type SiteAnswer = z.infer<typeof SiteAnswer>;

/** A later line of standard input: from now on these lies or these answers of sites, and no others of their kind. */
export const ServerCommand = z.object({ lies: Lies.optional(), sites: z.record(z.string(), SiteAnswer).optional() });
export type ServerCommand = z.infer<typeof ServerCommand>;

/** Lines of standard output. */
export const ServerReply = z.object({ ok: z.boolean(), problem: z.string().optional() });
export type ServerReply = z.infer<typeof ServerReply>;
