/** The one door of the test world: servers and censors on loopback, without root. See README.md. */
export {
  type Authority,
  type Credentials,
  createAuthority,
  createInterceptionAuthority,
  expired,
  notYetValid,
  type Order,
  selfSigned,
} from "./authority.ts";
export { startBlackHole } from "./black-hole.ts";
export type { DnsServer, Zone } from "./dns-server.ts";
export type { DnsAct, DnsQuestion } from "./dns-wire.ts";
export type { DohServer } from "./doh-server.ts";
export { type DyingLine, startDyingLine } from "./dying-line.ts";
export { type Gate, type GateAct, type GateOptions, type Seen, startGate } from "./gate.ts";
export { type H2Answer, type H2Asked, type H2Origin, startBrokenH2, startH2Origin } from "./h2-origin.ts";
export { type Answer, type Asked, type Origin, page, startOrigin } from "./origin.ts";
export { closedPort, nextAddress, type Running } from "./places.ts";
export { type Proxy, startConnectProxy, startSocksProxy } from "./proxies.ts";
export { type Site, type SiteOrder, startWorld, type World } from "./world.ts";
