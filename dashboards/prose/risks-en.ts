import type { Prose } from "./prose.ts";

/** Risks of reading, publishing and taking part, in English. */
export const risksEn: Prose = {
  title: "Risks",
  dek: "For those who read, publish, take part or run a collector: what can go wrong, and what lessens it.",
  sections: [
    {
      id: "reading",
      title: "If you read these pages",
      items: [
        "Your provider can see that you are connected to this server, and for how long. It cannot see which page, as long as the address begins with https.",
        "This server sets no cookie, counts no visitor and keeps no address. Nothing is stored on your device but what your browser keeps of its own accord; a private window keeps less.",
        "Every page works in Tor Browser at its safest level: no script and no drawing is needed, each chart has a table and a picture.",
        "Addresses of blocked sites are text on purpose. To copy one into an ordinary browser can show your provider what interests you.",
      ],
    },
    {
      id: "publishing",
      title: "If you publish or rely on this",
      items: [
        "Say “consistent with blocking”, not “blocked by”. How sure a measurement is, and who is responsible, are two scales; the second is empty here.",
        "Spreading false information is a crime in Kazakhstan. Keep the incident’s number, its state of knowledge and its records together, so that you can show what you relied on.",
        "An incident can change when journals arrive later. Cite the frozen address and look for a newer version before you print.",
        "Screenshots travel without their source. The pictures of our charts carry title, time, number and address inside them.",
      ],
      links: [["How to cite", "~/cite"]],
    },
    {
      id: "taking-part",
      title: "If you run a probe",
      items: [
        "A probe is seen by your provider as visits to many sites. Nobody can promise that this has no consequences.",
        "Do not run one in the name of others, on a line that is not yours, or while you are in danger.",
        "A computer that is taken holds the journal. It can be sealed with a passphrase, and erased with one command.",
      ],
      links: [["What taking part means", "~/join"]],
    },
    {
      id: "small-numbers",
      title: "Small numbers",
      items: [
        "Where one or two probes are known, no count is published, and their measurements stand under the country only.",
        "Whoever knows that a network has a single volunteer still knows it. A coordinator should not hand out invitations that make a cell of one.",
      ],
    },
  ],
};
