import type { Words } from "./vocabulary.ts";

export const en: Words = {
  declined: "Nothing was changed, nothing is measured. Thank you for reading.",
  joined: "Joined as probe {probe}. Start with: kuager probe run",
  notJoined: "This probe has not joined. Use: kuager probe join CODE",
  running: "The probe is running (id {probe}).",
  notRunning: "The probe is not running (id {probe}). Start with: kuager probe run",
  paused: "It is paused: nothing is measured or sent. Go on with: kuager probe resume",
  line: "Line: {state} since {since}.",
  lineUnknown: "Line: not looked at yet.",
  links: {
    none: "no connection",
    lan: "only the home network answers",
    isp: "only the provider answers",
    domestic: "only sites inside the country answer",
    international: "the internet is reachable, at home and abroad",
  },
  lastRound: "Last round: {at}, sites measured: {measured}, out of the ordinary: {anomalies}.",
  noRound: "Last round: none yet.",
  waiting: "Waiting for delivery: {count} records.",
  acknowledged: "Last delivery confirmed: {at}.",
  neverAcknowledged: "Last delivery confirmed: never.",
  pausedNow: "Paused: nothing is measured or sent until: kuager probe resume",
  resumedNow: "Resumed.",
  left: "You have left. The key and settings of this probe are deleted; what was published stays, without a link to you.",
  leftUndelivered: "Records that the collector had not received: {count}. They are deleted with the rest.",
  exported:
    "Written: {count} records to {path}. Hand the file to somebody with internet: it is taken in with 'kuager collector import'.",
  nothingToExport: "Nothing waits for delivery. All records still kept: add --all",
  updateIs:
    "Version {version} is out (this is {current}). Nothing is installed by itself. Get it from whoever gave you this program, or from {url}, and compare the SHA-256 of {file}: {sha256}",
  updateNone: "This is the newest version that the collector knows ({current}).",
  updateUnknown: "The collector offers no release.",
  wipeQuestion: "Erase everything that Kuager keeps on this computer? [yes/no] ",
  wipeCancelled: "Nothing was erased.",
  wiped: "Erased: everything that Kuager kept in {folder}.",
};
