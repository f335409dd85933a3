import type { DoctorWords } from "./vocabulary.ts";

export const en: DoctorWords = {
  levels: { ok: "fine", warn: "look here", fail: "fails" },
  todo: "What to do:",
  technical: "For a technician:",
  allWell: "Everything is fine.",
  someWatch: 'The probe can work. Lines with "look here": {warn}.',
  someFail: 'The probe cannot do its work until this is mended. Lines with "fails": {fail}.',
  findings: {
    nodeOk: { says: "Node {version}, on which this program runs, is new enough." },
    nodeOld: { says: "Node {version} is too old for this program.", todo: "Install Node {least} or newer." },
    driverOk: { says: "The part that keeps records on the disk loads." },
    driverMissing: {
      says: "The part that keeps records on the disk does not load.",
      todo: "Install the program again on this very computer: the part is made for each kind of machine.",
    },
    folderOk: { says: "The folder {folder} can be written; free space: {mib} MB." },
    folderMissing: { says: "The folder {folder} is not there yet.", todo: "It is made when you join." },
    folderClosed: {
      says: "The folder {folder} cannot be written by you.",
      todo: "Run the program as the user who joined, or choose another folder with --data.",
    },
    folderOpen: {
      says: "Other users of this computer can look into {folder}.",
      todo: "Start the probe once: it closes the folder.",
    },
    spaceLow: { says: "Little space is left for {folder}: {mib} MB.", todo: "Free some space on that disk." },
    spaceNone: {
      says: "The disk of {folder} is full ({mib} MB left): records would be lost.",
      todo: "Free some space on that disk.",
    },
    powerOk: { says: "This computer has the power it needs." },
    powerLow: {
      says: "This computer gets too little power: it slows down, and records can be lost.",
      todo: "Use the power supply that was made for it, and a short, thick cable.",
    },
    powerBattery: {
      says: "This computer runs on its battery.",
      todo: "Plug it in, so that it goes on when the battery is empty. A power cut is told apart either way.",
    },
    joined: { says: "This probe has joined. Its number: {probe}." },
    notJoined: { says: "This probe has not joined.", todo: "kuager probe join CODE" },
    damagedMembership: {
      says: "What joining left here cannot be read.",
      todo: "kuager probe wipe, then join again with a new code.",
    },
    keyOk: { says: "The key with which records are signed is here and is the right one." },
    keyMissing: {
      says: "The key with which records are signed is missing or another one.",
      todo: "Put your copy of the folder back, or: kuager probe wipe, then join again with a new code.",
    },
    running: { says: "A probe is at work with this folder." },
    notRunning: { says: "No probe is at work with this folder.", todo: "kuager probe run" },
    paused: { says: "The probe is paused.", todo: "When the break is over: kuager probe resume" },
    recordsOk: { says: "The records kept here are whole: {count}." },
    recordsNone: { says: "No records are kept here yet." },
    recordsBroken: {
      says: "The records kept here are damaged.",
      todo: "Start the probe again: it sets the damaged records aside, saves what can be read, and goes on. The disk or card may be failing.",
    },
    homeOk: { says: "Your router answers." },
    homeSilent: {
      says: "Your router does not answer.",
      todo: "Look whether it is on and whether the cable or Wi-Fi holds. Some routers never answer; if pages open, all is well.",
    },
    homeNone: { says: "This computer has no connection.", todo: "Plug the cable in, or connect to your Wi-Fi." },
    bookOk: { says: "Your provider's directory of site names answers." },
    bookSilent: {
      says: "The directory of site names that this computer asks does not answer.",
      todo: "Restart the router. If it stays so, leave the probe on: this too is worth recording.",
    },
    insideOk: { says: "Sites inside Kazakhstan answer." },
    insideSilent: { says: "Sites inside Kazakhstan do not answer.", todo: "Leave the probe on: it records this." },
    abroadOk: { says: "Sites abroad answer." },
    abroadSilent: {
      says: "Sites abroad do not answer. This is consistent with a cut of the internet, and with a fault of the line.",
      todo: "Leave the probe on: it records this.",
    },
    portal: {
      says: "Something answers in place of every site: perhaps a page where one must sign in or pay.",
      todo: "Open any page in a browser and do what it asks.",
    },
    sixOk: { says: "Both kinds of internet addresses, old and new, are usable." },
    sixNone: { says: "Your line has internet addresses of the old kind only. That is common and enough." },
    sixBroken: {
      says: "Your line has internet addresses of the new kind, but nothing answers there.",
      todo: "Nothing must be done: the probe takes it into account.",
    },
    vpn: {
      says: "A VPN is on: what is measured is the VPN's line, not yours.",
      todo: "Turn it off on this computer while the probe works, or leave the probe paused.",
    },
    proxy: {
      says: "This computer is set to reach sites by way of another one. The probe does not use that for measuring.",
      todo: "Nothing, if sites open without it too. Otherwise the probe cannot measure here.",
    },
    rootsAdded: {
      says: "Somebody has added certificates to this computer ({count}): an antivirus, an office, or the state's certificate.",
      todo: "If you did not add them, ask somebody you trust. The probe notes it and makes no claim from what it could bend.",
    },
    signer: {
      says: "NCALayer seems to be running.",
      todo: "Nothing must be done: the probe takes it into account.",
    },
    hostsFile: {
      says: "This computer has its own entry for a site that is measured.",
      todo: "Take the entry out of the file named below, or leave it: the probe takes it into account.",
    },
    modem: {
      says: "You are on mobile internet, where data costs.",
      todo: "Set what it may use: kuager probe join asks; or run with --metered and --budget-month-mb.",
    },
    nothingBetween: { says: "Nothing was found on this computer that would bend what is measured." },
    clockOk: { says: "The clock is right (off by {seconds} s at most)." },
    clockOff: {
      says: "The clock is off by {seconds} s. The probe corrects its times.",
      todo: "Turn on setting the clock from the internet.",
    },
    clockWrong: {
      says: "The clock is off by {seconds} s: sites look broken to this computer.",
      todo: "Set the clock, and turn on setting it from the internet.",
    },
    clockUnknown: {
      says: "The clock could not be compared with others now.",
      todo: "Try again when the internet works.",
    },
    collectorOk: { says: "The collector {address} answers." },
    collectorSilent: {
      says: "The collector {address} does not answer.",
      todo: "Records wait here and are sent later. Nothing is lost.",
    },
    collectorOdd: {
      says: "Something answers at {address}, but not as a collector does.",
      todo: "Ask whoever invited you whether the address is right.",
    },
    collectorNone: {
      says: "No address of the collector can be reached although the internet works.",
      todo: "Leave the probe on: it records this, too. Or send by another way: --proxy, or kuager probe export for a flash drive.",
    },
    dayOk: { says: "Data that may still be used today: {day} MB." },
    dayUsed: {
      says: "The data you allowed for today is used up ({day} MB left). Measuring waits.",
      todo: "Nothing, or allow more: --budget-mb.",
    },
    budgetOk: { says: "Data that may still be used: {day} MB today, {month} MB in these thirty days." },
    budgetUsed: {
      says: "The data you allowed is used up ({day} MB left today, {month} MB in these thirty days). Measuring waits.",
      todo: "Nothing, or allow more: --budget-mb, --budget-month-mb.",
    },
    quietNone: { says: "No quiet hours are set." },
    quietSet: { says: "Quiet hours, without measuring: {quiet} by this computer's clock." },
    quietNow: { says: "It is quiet hours now ({quiet}): no sites are measured. The line is still watched." },
  },
};
