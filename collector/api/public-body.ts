import type { Entry } from "../../protocol/records/entry.ts";

/**
 * The body of a measurement as the public sees it. Left out is what describes the volunteer's own host or home: the
 * address of the resolver it is configured with (often the home router) and what was found on the host beyond its kind.
 */
export function publicBody(entry: Entry): unknown {
  if (entry.kind !== "web" && entry.kind !== "im") return entry.body;
  const { local, dns, ...rest } = entry.body;
  return {
    ...rest,
    dns: dns.map((step) => (step.resolver === "system" || step.resolver === "os" ? { ...step, server: null } : step)),
    ...(local === undefined ? {} : { local: local.map(({ kind }) => ({ kind })) }),
  };
}
