import { z } from "zod";
import { Ip } from "../../../protocol/primitives.ts";

/** Names and their addresses: all the DNS there is in the lab. */
export const Zone = z.record(z.string(), z.array(Ip));
export type Zone = z.infer<typeof Zone>;

const Credential = z.object({ certificate: z.string(), key: z.string() });
export type Credential = z.infer<typeof Credential>;

/** What one server process does; the first line of its standard input. */
export const ServerConfig = z.object({
  zone: Zone,
  /** Addresses that answer DNS on port 53, UDP and TCP. */
  dns: z.array(z.ipv4()),
  /** Addresses whose DNS fails for every name (SERVFAIL), as a broken server's does. */
  lame: z.array(z.ipv4()),
  /** Addresses that answer DNS over HTTPS (RFC 8484) at /dns-query, and their certificate. */
  doh: z.array(z.ipv4()),
  /** Web sites: name, page title and the addresses that serve it on ports 80 and 443. */
  sites: z.array(z.object({ name: z.string(), title: z.string(), addresses: z.array(Ip) })),
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
  /** Whether the page comes packed by gzip to those who take that. */
  gzip: z.boolean().optional(),
});
export type SiteAnswer = z.infer<typeof SiteAnswer>;

/** A later line of standard input: from now on these answers of sites, and no others. */
export const ServerCommand = z.object({ sites: z.record(z.string(), SiteAnswer) });
export type ServerCommand = z.infer<typeof ServerCommand>;

/** Lines of standard output. */
export const ServerReply = z.object({ ok: z.boolean(), problem: z.string().optional() });
export type ServerReply = z.infer<typeof ServerReply>;
