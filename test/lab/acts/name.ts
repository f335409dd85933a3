import type { z } from "zod";
import type { IssuerKind } from "../matrix/credentials.ts";
import type { Ending } from "../middlebox/orders.ts";
import { addIptablesRule, allInForce, type Family } from "../net/firewall.ts";
import type { Act } from "./act.ts";
import { silenceName } from "./in-force.ts";
import { leadTo } from "./lead.ts";

/** A site as an act aims at it. */
export type Aim = { name: string; address: string };

const TLS_BOX_PORT = 8500;
const HIDDEN_MARK = "0x67";

/** Silence after a ClientHello that names the site, in both directions (Kazakhstan's commonest method). */
export function nameSilenced({ name }: Aim, family: Family = "ip"): Act {
  return { title: `ClientHello: silence${over(family)}`, begin: ({ core }) => silenceName(core, name, family) };
}

/** A reset for a ClientHello that names the site, sent by the router's packet filter. */
export function nameReset({ name }: Aim, family: Family = "ip"): Act {
  const match = ["-p", "tcp", "--dport", "443", "-m", "string", "--algo", "bm", "--string", name];
  const reset = [...match, "-j", "REJECT", "--reject-with", "tcp-reset"];
  return {
    title: `ClientHello: reset${over(family)}`,
    begin: ({ core }) => addIptablesRule(core, "filter/FORWARD", reset, family),
  };
}

function over(family: Family): string {
  return family === "ip6" ? " over IPv6" : "";
}

/** A transparent proxy ends the handshake for the name: FIN, a TLS alert, or a reset. */
export function nameEnded({ name, address }: Aim, does: z.infer<typeof Ending> | "alert"): Act {
  return {
    title: `ClientHello: ${does} by a proxy`,
    begin: (ground) => {
      const upstream = { ip: address, port: 443 };
      const box = { box: "tls-filter" as const, port: TLS_BOX_PORT, upstream, name, does };
      return leadTo(ground, [box], [{ address, from: 443, to: TLS_BOX_PORT }]);
    },
  };
}

/** A transparent proxy shows a certificate of its own for the name and reads along. */
export function nameIntercepted({ name, address }: Aim, issuer: IssuerKind): Act {
  return {
    title: `interception: ${issuer}`,
    begin: (ground) => {
      const upstream = { ip: address, port: 443 };
      const does = ground.credentials.forged(issuer, name);
      const box = { box: "tls-filter" as const, port: TLS_BOX_PORT, upstream, name, does };
      return leadTo(ground, [box], [{ address, from: 443, to: TLS_BOX_PORT }]);
    },
  };
}

/** Silence after a request in clear whose Host names the site, in both directions. */
export function hostSilenced({ name }: Aim): Act {
  return {
    title: "Host: silence",
    begin: async ({ core }) => {
      const mark = addIptablesRule(core, "mangle/FORWARD", [
        ...hostMatch(name),
        "-j",
        "CONNMARK",
        "--set-mark",
        HIDDEN_MARK,
      ]);
      const drop = addIptablesRule(core, "mangle/FORWARD", ["-m", "connmark", "--mark", HIDDEN_MARK, "-j", "DROP"]);
      return allInForce([await mark, await drop]);
    },
  };
}

/** A reset for a request in clear whose Host names the site. */
export function hostReset({ name }: Aim): Act {
  const answer = ["-j", "REJECT", "--reject-with", "tcp-reset"];
  return {
    title: "Host: reset",
    begin: ({ core }) => addIptablesRule(core, "filter/FORWARD", [...hostMatch(name), ...answer]),
  };
}

function hostMatch(name: string): string[] {
  return ["-p", "tcp", "--dport", "80", "-m", "string", "--algo", "bm", "--icase", "--string", `host: ${name}`];
}
