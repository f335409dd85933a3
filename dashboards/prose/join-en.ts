import type { Prose } from "./prose.ts";

/** What a volunteer must know, equal to the consent text of the probe, in English. */
export const joinEn: Prose = {
  title: "Join",
  dek: "A probe is a small program at your home that records which sites open and whether the internet works. When the internet is cut, its record is the evidence. Please read this first.",
  sections: [
    {
      id: "what",
      title: "What it does",
      paragraphs: [
        "Kuager checks from your connection which sites open and whether the internet works, and sends the results to a collector that publishes them.",
      ],
    },
    {
      id: "not-if",
      title: "Do not run it if",
      items: [
        "you work for the state, or the connection belongs to an office, hostel or somebody who was not asked; or you are not of age;",
        "you have been summoned or are being prosecuted, or you feel in danger for any other reason.",
      ],
    },
    {
      id: "seen",
      title: "What your provider can see",
      items: [
        "that this computer contacts the sites on the list and the messengers' servers, every few minutes, like visits in a browser;",
        "that it talks to the collector. This program does not hide you and is not a VPN.",
      ],
    },
    {
      id: "sent",
      title: "What is sent",
      items: [
        "for each site on the list: whether and how it opened (its address, connection, certificate, page title, length), with times;",
        "whether Telegram, WhatsApp and Signal can be reached, without any account, and how fast some sites load beside others;",
        "whether your own connection works, and when this computer was on;",
        "the region and network that your invitation names. Results are public, without any name.",
      ],
    },
    {
      id: "never",
      title: "What is never sent or kept",
      items: [
        "your name, contacts or address; your IP address is not stored by the collector;",
        "the sites you visit, your files, your Wi-Fi name or the addresses of your devices;",
        "the content of pages (only a known block page is sent whole).",
      ],
    },
    {
      id: "risk",
      title: "What could happen, and what we cannot protect you from",
      items: [
        "this program does what a browser does, but nobody can promise that it stays without consequences: your provider keeps records and may have to show them to the state;",
        "those who run the collector decide what is published; they do not know who you are. They cannot help if this computer is taken or watched.",
        "Sites about getting around blocks are off unless you choose them.",
      ],
    },
    {
      id: "sites",
      title: "Which sites",
      paragraphs: [
        "The whole list, with the reason for each site, stands under “Sites”. Before the first measurement the program shows it again, and asks whether you agree.",
      ],
    },
    {
      id: "stop",
      title: "How to stop",
      items: [
        "kuager probe pause: a break. kuager probe leave: leave and delete the key. kuager probe wipe: erase everything here.",
        "What was published stays published, without a link to you.",
      ],
    },
    {
      id: "how",
      title: "How to begin",
      items: [
        "You need a code from a coordinator: a person you know, or who was named to you by one. Do not ask for it where others read.",
        "A computer that is always on, with Linux: a PC, or a Raspberry Pi 3 or newer. No port is opened, and nothing listens on your network.",
        "The program is open source: the archive of the release, its signature and the source stand where your coordinator names them, on the card beside the code. Check the fingerprint before you run it; take it from no other hand.",
        "kuager probe join CODE shows this text and asks; kuager probe run begins.",
        "Measurements weigh little, but they count as traffic: on a metered line, say so.",
      ],
    },
  ],
};
