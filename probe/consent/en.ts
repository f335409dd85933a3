import type { ConsentText } from "./consent-text.ts";

export const en: ConsentText = {
  title: "Before you join: please read this",
  what: "Kuager checks from your connection which sites open and whether the internet works, and sends the results to a collector that publishes them.",
  sent: {
    title: "What is sent",
    lines: [
      "for each site on the list: whether and how it opened (its address, connection, certificate, page title, length), with times;",
      "whether Telegram, WhatsApp and Signal can be reached, without any account, and how fast some sites load beside others;",
      "whether your own connection works, and when this computer was on;",
      "the region and network that your invitation names. Results are public, without any name.",
    ],
  },
  never: {
    title: "What is never sent or kept",
    lines: [
      "your name, contacts or address; your IP address is not stored by the collector;",
      "the sites you visit, your files, your Wi-Fi name or the addresses of your devices;",
      "the content of pages (only a known block page is sent whole).",
    ],
  },
  seen: {
    title: "What your provider can see",
    lines: [
      "that this computer contacts the sites on the list and the messengers' servers, every few minutes, like visits in a browser;",
      "that it talks to the collector. This program does not hide you and is not a VPN.",
    ],
  },
  risk: {
    title: "What could happen, and what we cannot protect you from",
    lines: [
      "this program does what a browser does, but nobody can promise that it stays without consequences: your provider keeps records and may have to show them to the state;",
      "those who run the collector decide what is published; they do not know who you are. They cannot help if this computer is taken or watched.",
    ],
  },
  notIf: {
    title: "Do not run it if",
    lines: [
      "you work for the state, or the connection belongs to an office, hostel or somebody who was not asked; or you are not of age;",
      "you have been summoned or are being prosecuted, or you feel in danger for any other reason.",
    ],
  },
  stop: {
    title: "How to stop",
    lines: [
      "kuager probe pause: a break. kuager probe leave: leave and delete the key. kuager probe wipe: erase everything here.",
      "What was published stays published, without a link to you.",
    ],
  },
  sites: {
    title: "Sites that will be contacted (today's list; the server may add others of the same kinds)",
    risk: {
      1: "everyday sites",
      2: "independent media and rights groups",
      3: "circumvention tools and the like",
    },
    off: "off",
  },
  categories: {
    "independent-media": "independent media",
    "foreign-media": "foreign media",
    "state-media": "state media",
    "mainstream-media": "mainstream media",
    "regional-media": "regional media",
    "human-rights": "human rights",
    social: "social networks",
    messenger: "messengers",
    "search-mail": "search and mail",
    shortener: "link shorteners",
    "international-organisation": "international organisations",
    "e-service": "everyday services",
    archive: "archives",
    circumvention: "circumvention tools",
    "fact-checking": "fact-checking",
    other: "other",
  },
  questions: {
    intro: "Before it begins, three short questions. They try the text, not you.",
    all: [
      {
        ask: "Can your provider see that this computer contacts the sites on the list? [yes/no] ",
        isYes: true,
        passage: "seen",
      },
      {
        ask: "Will the results, without your name, be there for everybody to see? [yes/no] ",
        isYes: true,
        passage: "sent",
      },
      {
        ask: "May you run it when the connection belongs to an office, or to somebody who was not asked? [yes/no] ",
        isYes: false,
        passage: "notIf",
      },
    ],
    wrong: "That is not so. Please read this part once more:",
    tooOften:
      "The text does not seem to be clear yet. Nothing was changed. Ask whoever gave you the invitation, and come back later.",
  },
  question: "Do you agree to take part? [yes/no] ",
  yes: ["y", "yes"],
  no: ["n", "no"],
};
