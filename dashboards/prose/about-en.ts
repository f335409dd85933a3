import type { Prose } from "./prose.ts";

/** About the project in English. */
export const aboutEn: Prose = {
  title: "About",
  dek: "An eyewitness of internet shutdowns and blocking in Kazakhstan. Kuager (куәгер) is Kazakh for eyewitness.",
  sections: [
    {
      id: "what",
      title: "What it is",
      paragraphs: [
        "Kuager measures cuts of the internet, blocking and slowing down. Probes at volunteers’ homes try sites and watch their own line; a collector checks their signed journals, judges each measurement beside controls, and finds incidents with their start, end, networks and regions.",
        "It never says why something was cut or who did it. It says what was measured, how sure that is, and what else could explain it.",
      ],
    },
    {
      id: "readers",
      title: "For readers",
      items: [
        "No page needs a script, sets a cookie or asks another server for anything.",
        "This server keeps no address of readers.",
        "Your provider can see that you read this site, though not which page, when its address begins with https.",
      ],
    },
    {
      id: "data",
      title: "Data, and how to use them",
      items: [
        "Every page has its data as JSON and CSV at its foot.",
        "Data: Creative Commons Attribution 4.0 (CC BY 4.0). Use them for any purpose, name Kuager, and say what you changed.",
        "A citation names the incident’s number, the state of knowledge and the version of the rules; each incident’s page has one ready.",
      ],
    },
    {
      id: "licence",
      title: "Program",
      items: [
        "The program is free software under the GNU Affero General Public License, version 3 or later (AGPL-3.0-or-later): whoever runs a changed version for others must give them its source.",
        "It comes without any warranty.",
      ],
    },
  ],
};
