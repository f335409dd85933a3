import type { LinkSeen } from "./seen.ts";

/** One thing that an entry must say: its name, the word it must be, and how it is read from the entry. */
export type Fact = { says: string; must: string; of: (body: LinkSeen) => string };

const NOT_SAID = "not said";

/** The rung of the ladder. */
export function state(must: LinkSeen["state"]): Fact {
  return { says: "state", must, of: (body) => body.state };
}

/** What the line is like in one word. */
export function condition(must: string): Fact {
  return { says: "condition", must, of: (body) => body.condition ?? NOT_SAID };
}

/** Whether gateway or resolver answer. */
export function answers(check: "gateway" | "resolver", must: boolean): Fact {
  return { says: `${check} answers`, must: word(must), of: (body) => word(body.checks[check]?.ok) };
}

/** Whether any anchor of a group answers. */
export function anyOf(group: "domestic" | "whitelist" | "foreign", must: boolean): Fact {
  return {
    says: `an anchor (${group}) answers`,
    must: word(must),
    of: ({ checks }) => word(checks[group].some(({ ok }) => ok)),
  };
}

/** Whether a port leads abroad. */
export function port(name: string, must: boolean): Fact {
  return { says: `${name} leads abroad`, must: word(must), of: ({ ports }) => word(ports[name]) };
}

/** Whether a login page stands before the line; whether a tunnel carries it. */
export function flag(name: "portal" | "vpn", must: boolean): Fact {
  return { says: name, must: word(must), of: (body) => word(body[name]) };
}

/** Whether the link has a carrier. */
export function carrier(must: boolean): Fact {
  return { says: "carrier", must: word(must), of: (body) => word(body.carrier) };
}

/** Whether any route to the collector works. */
export function collector(must: boolean): Fact {
  return {
    says: "a route to the collector works",
    must: word(must),
    of: (body) => (body.collector.length === 0 ? NOT_SAID : word(body.collector.some(({ ok }) => ok))),
  };
}

/** Facts that an entry does not bear out. */
export function unmet(facts: readonly Fact[], body: LinkSeen): Fact[] {
  return facts.filter((fact) => fact.of(body) !== fact.must);
}

function word(value: boolean | null | undefined): string {
  return value === true ? "yes" : value === false ? "no" : NOT_SAID;
}
