import { single } from "./shutdowns.ts";

/** Several rounds of measuring, in which an interception is found. */
const ROUNDS: [number, number] = [10, 70];
/** Where nothing may be claimed: long enough that something could be. */
const LONG: [number, number] = [10, 100];

/** An issuer that nobody knows, for one site. */
export const mitm = single(
  "mitm",
  "Kcell shows a certificate of an unknown issuer for orda.kz",
  { does: "interception", network: "kcell", targets: ["orda.kz"], issuer: "Gateway 7" },
  ROUNDS,
);

/** Kazakhstan 2015 to 2020: the state's root, several sites at once. */
export const interception = single(
  "interception",
  "Kazakhtelecom shows certificates of the state root for two sites",
  {
    does: "interception",
    network: "kt",
    targets: ["azattyq.org", "orda.kz"],
    issuer: "Information Security Certification Authority, O=ISCA, C=KZ",
  },
  ROUNDS,
);

/** A site slowed down: to be seen in speeds over hours, and no block. */
export const throttle = single(
  "throttle",
  "Kcell lets orda.kz through at 16 kilobytes a second",
  { does: "throttle", network: "kcell", target: "orda.kz", kilobytesS: 16 },
  LONG,
);

/** Attack or overload: the site abroad comes and goes for everybody. */
export const ddos = single(
  "ddos",
  "wikipedia.org is gone and back in turns, for everybody",
  { does: "origin-flaps", target: "wikipedia.org" },
  LONG,
);

/** A site in the country takes nobody from abroad; inside it is open. */
export const closedAbroad = single(
  "closed-abroad",
  "vlast.kz takes nobody from abroad",
  { does: "origin-closed-abroad", target: "vlast.kz" },
  LONG,
);
