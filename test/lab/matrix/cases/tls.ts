import { nameEnded, nameIntercepted, nameReset, nameSilenced } from "../../acts/name.ts";
import { type WebCase, webCase } from "../case.ts";
import { aim } from "../places.ts";

const orda = aim("orda.kz");
const drop = { code: "tls_drop", stage: "tls", strength: "self-evident" } as const;
const reset = { code: "tls_reset", stage: "tls", strength: "self-evident" } as const;
const mitm = { code: "tls_mitm", stage: "tls", strength: "self-evident" } as const;
const mitmByContrast = { code: "tls_mitm", stage: "tls", strength: "contrasted" } as const;
const unknown = { code: "inconclusive" } as const;
const controls = { controls: true } as const;
const plain = { followups: false } as const;

/** Handshakes that fail because of the name, and certificates that are not the site's. */
export const TLS_CASES: readonly WebCase[] = [
  // The issue: silence with an innocent name passing on the same address is certain without any control.
  webCase("silence after ClientHello", nameSilenced(orda), drop),
  webCase("silence after ClientHello, line unknown", nameSilenced(orda), drop, { link: false }),
  webCase("silence after ClientHello, provider only", nameSilenced(orda), drop, { resolvers: "provider" }),
  webCase("silence after ClientHello, controls", nameSilenced(orda), drop, controls),
  webCase(
    "silence after ClientHello, controls, no follow-ups",
    nameSilenced(orda),
    { ...drop, strength: "contrasted" },
    { ...controls, ...plain },
  ),
  webCase("silence after ClientHello, no follow-ups", nameSilenced(orda), unknown, plain),
  webCase("silence after ClientHello, site in KZ", nameSilenced(aim("vlast.kz")), drop, { site: "vlast.kz" }),
  webCase("silence by a proxy", nameEnded(orda, "silence"), drop),
  webCase("reset after ClientHello", nameReset(orda), reset),
  webCase(
    "reset after ClientHello, controls, no follow-ups",
    nameReset(orda),
    { ...reset, strength: "contrasted" },
    { ...controls, ...plain },
  ),
  webCase("reset after ClientHello, no follow-ups", nameReset(orda), unknown, plain),
  webCase("reset by a proxy", nameEnded(orda, "reset"), reset),
  webCase("FIN after ClientHello", nameEnded(orda, "fin"), reset),
  webCase(
    "FIN after ClientHello, controls, no follow-ups",
    nameEnded(orda, "fin"),
    { ...reset, strength: "contrasted" },
    { ...controls, ...plain },
  ),
  webCase("alert after ClientHello", nameEnded(orda, "alert"), reset),
  webCase("alert after ClientHello, controls", nameEnded(orda, "alert"), reset, controls),
  webCase(
    "silence for the name, http",
    nameSilenced(orda),
    { code: "ok", strength: "contrasted" },
    { scheme: "http", ...controls },
  ),
  webCase("state root", nameIntercepted(orda, "state root"), mitm),
  webCase("state root, controls", nameIntercepted(orda, "state root"), mitm, controls),
  webCase("state root, provider only, no follow-ups", nameIntercepted(orda, "state root"), mitm, {
    resolvers: "provider",
    ...plain,
  }),
  webCase("self-signed certificate, controls", nameIntercepted(orda, "self-signed"), mitmByContrast, controls),
  webCase("self-signed certificate", nameIntercepted(orda, "self-signed"), unknown),
  webCase("unknown issuer, controls", nameIntercepted(orda, "unknown box"), mitmByContrast, controls),
  webCase("unknown issuer", nameIntercepted(orda, "unknown box"), unknown),
  webCase("antivirus, controls", nameIntercepted(orda, "antivirus"), { code: "local_interference" }, controls),
  webCase("antivirus", nameIntercepted(orda, "antivirus"), { code: "local_interference" }),
];
