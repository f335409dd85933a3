/**
 * Refusals that a volunteer can meet, by id, as the code that refuses says them: `{…}` stands for a value. The English
 * is the key to the other languages (as in gettext); a test compares it with the source. Rare ones stay English.
 */
export const ENGLISH = {
  notJoined: "This probe has not joined ({folder}). Use: kuager probe join CODE",
  nothingToExport: "This probe has not joined ({folder}). There is nothing to export.",
  nothingToLeave: "This probe has not joined ({folder}). There is nothing to leave.",
  noCollectorToAsk: "This probe has not joined ({folder}): no collector to ask is known.",
  joinedBefore: "This probe has joined before ({probe}). To join anew, first: kuager probe leave",
  paused: "This probe is paused. Use: kuager probe resume",
  alreadyRunning:
    "A probe is already running with the data folder {folder}. Stop it first, or give this one another --data DIR.",
  doesNotEnd: "The running probe does not end. Stop it, then leave again.",
  damaged: "{path} is damaged ({problem}). Use 'kuager probe wipe', then join anew.",
  damagedJournal:
    "The journal in {folder} is damaged. The next 'kuager probe run' sets it aside, saves what can be read of it, and goes on.",
  noKey: "{path} is not a key of ours. Put your copy back, or use 'kuager probe wipe' and join anew.",
  sealedFolder:
    "The records in {folder} are sealed with a passphrase. Name its file: --passphrase-file FILE or KUAGER_PASSPHRASE_FILE.",
  wrongPassphrase: "This is not the passphrase that {folder} was joined with. Nothing was changed.",
  diskFull: "The disk that holds {folder} is full. Free some space, then start again.",
  cannotWrite:
    "The folder {folder} cannot be written ({code}). Make it yours, or choose another with --data DIR or KUAGER_DATA.",
  ioFailed: "Reading or writing in {folder} failed ({code}). Check the disk.",
  existsAlready: "{path} exists already. Choose another name: it may hold earlier records.",
  cannotWriteFile: "{path} cannot be written ({code}). Choose another place.",
  sealKeyUnknown:
    "The key of the collector is not known yet: it comes with the first contact. Add --plain to write a file that everybody can read.",
  notTaken: "The collector did not take this probe: {says}",
  unknownCode: "This code is not known here. Check it letter by letter, or ask for a new one.",
  usedCode: "This code was used before. Ask for a new one.",
  expiredCode: "This code has expired. Ask for a new one.",
  unreachable: "The collector {address} cannot be reached ({why}).",
  unreachableToJoin: "{says} Check the address, or try again later with the same code: it is not used up.",
  notLikeCollector: "{address} does not answer like a collector. Check the address.",
  noAddress: "No address of a collector is known.",
  releaseUnsigned:
    "The collector offers a release that is not signed by those who make them. Do not install it, and tell who invited you.",
  releaseKeyUnknown: "The key of releases is not known here. Ask who invited you, and add --key KEY.",
  installsNothing: "This program installs nothing by itself: only --check is known",
  noCode: "'{word}' is no invitation code. It looks like 7KQ2-M9XD-04TB-PZ5H.",
  codeMissing: "The invitation code is missing",
  addressMissing: "The collector's address is missing (--collector URL)",
  badAddress: "'{word}' is no address of a collector. It looks like https://collector.example:8080",
  nobodyToAsk: "Nobody can be asked here. Read the text above; to agree, add --yes",
  nobodyToAskWipe: "Nobody can be asked here. To erase everything, add --yes",
  noTier: "'{word}' is no tier of risk: take 1, 2 or 3",
  noCategory: "'{word}' is no category: take {list}",
  noSite: "'{word}' is no site of the list: kuager probe sites shows them",
  noQuiet: "'{word}' are no quiet hours: they look like 23:00-07:00",
  noDuration: "'{word}' is no length of time: take 30m, 2h or 1d",
  noNumber: "{name} is '{word}', not a number above zero.",
  noLanguage: "'{word}' is not a language of ours. Take --lang kk, ru or en.",
  noCommand: "There is no command '{word}'",
  noCertificates: "{path} is no file of certificates in PEM form.",
  noProxy: "The address of the proxy cannot be read",
  noPort: "--page is '{word}', not a port from 1 to 65535",
  portTaken: "Port {port} of this computer is taken by another program. Choose another: --page PORT",
  somethingMissing: "Something is missing",
  unexpectedWord: "Unexpected argument '{word}'",
  unknownFlag: "Unknown option '{word}'",
  flagWithoutValue: "{word} needs a value after it",
} as const satisfies Readonly<Record<string, string>>;

export type RefusalId = keyof typeof ENGLISH;
/** A language's refusals, and its word for "Usage". */
export type Refusals = { usage: string; says: Readonly<Record<RefusalId, string>> };
