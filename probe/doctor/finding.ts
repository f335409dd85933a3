/** How a finding of `doctor` stands: nothing to do, worth knowing, or in the way of the probe's work. */
export type Level = "ok" | "warn" | "fail";

/** Each thing that `doctor` can find, and how it stands. The words for it are in `words/doctor`. */
export const FINDINGS = {
  nodeOk: "ok",
  nodeOld: "fail",
  driverOk: "ok",
  driverMissing: "fail",
  folderOk: "ok",
  folderMissing: "warn",
  folderClosed: "fail",
  folderOpen: "warn",
  spaceLow: "warn",
  spaceNone: "fail",
  powerOk: "ok",
  powerLow: "warn",
  powerBattery: "warn",
  joined: "ok",
  notJoined: "fail",
  damagedMembership: "fail",
  keyOk: "ok",
  keyMissing: "fail",
  running: "ok",
  notRunning: "warn",
  paused: "warn",
  recordsOk: "ok",
  recordsNone: "ok",
  recordsBroken: "fail",
  homeOk: "ok",
  homeSilent: "warn",
  homeNone: "warn",
  bookOk: "ok",
  bookSilent: "warn",
  insideOk: "ok",
  insideSilent: "warn",
  abroadOk: "ok",
  abroadSilent: "warn",
  portal: "warn",
  sixOk: "ok",
  sixNone: "ok",
  sixBroken: "warn",
  vpn: "warn",
  proxy: "warn",
  rootsAdded: "warn",
  signer: "warn",
  hostsFile: "warn",
  modem: "warn",
  nothingBetween: "ok",
  clockOk: "ok",
  clockOff: "warn",
  clockWrong: "fail",
  clockUnknown: "warn",
  collectorOk: "ok",
  collectorSilent: "warn",
  collectorOdd: "warn",
  collectorNone: "fail",
  dayOk: "ok",
  dayUsed: "warn",
  budgetOk: "ok",
  budgetUsed: "warn",
  quietNone: "ok",
  quietSet: "ok",
  quietNow: "ok",
} as const satisfies Readonly<Record<string, Level>>;
export type FindingId = keyof typeof FINDINGS;

/** One line of `doctor`. `values` fill its sentence; `technical` is for a technician and is never translated. */
export type Finding = {
  id: FindingId;
  level: Level;
  values: Readonly<Record<string, string | number>>;
  technical: string | null;
};

/** Makes a finding; its level is that of its kind. */
export function finding(id: FindingId, values: Finding["values"] = {}, technical: string | null = null): Finding {
  return { id, level: FINDINGS[id], values, technical };
}
