import type { FindingId, Level } from "../../doctor/finding.ts";

/** What `doctor` says: `says` what it means, `todo` what to do about it, where something can be done. */
export type DoctorWords = {
  levels: Readonly<Record<Level, string>>;
  todo: string;
  technical: string;
  allWell: string;
  someWatch: string;
  someFail: string;
  findings: Readonly<Record<FindingId, { says: string; todo?: string }>>;
};
