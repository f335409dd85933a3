import type { Prose } from "./prose.ts";

/** How to cite, in English. */
export const citeEn: Prose = {
  title: "How to cite",
  dek: "An incident, a view or the data: what must stand in a citation so that it can be checked years later.",
  sections: [
    {
      id: "incident",
      title: "An incident",
      paragraphs: [
        "Each incident’s page ends with a citation to copy. It holds the number, the sentence, the time, the state of knowledge, the version of the rules and an address that always shows the incident as it was known then.",
      ],
      code: [
        "Kuager, incident KZ-2026-0042: orda.kz: signs of blocking. Began 24 November 2026, 13:54–14:05 (UTC+5) = 08:54–09:05 UTC. State of knowledge 2026-11-28T03:26:00Z, rules {rules}. https://SERVER/en/i/KZ-2026-0042?as_of=2026-11-28T03:26:00Z (licence CC BY 4.0)",
      ],
      links: [["All incidents", "~/incidents"]],
    },
    {
      id: "view",
      title: "A view",
      paragraphs: [
        "The foot of every page gives the address of exactly this view. Where it holds “as_of”, the page will show the same again later, whatever has become known since.",
        "Pictures of charts (PNG) carry title, choice, period, source and address, and a code for cameras, inside the picture. They still make sense when somebody crops or forwards them.",
      ],
    },
    {
      id: "data",
      title: "The data",
      paragraphs: [
        "Name Kuager, the moment of download, the version of the rules and the licence. Say what you changed.",
      ],
      code: [
        '@misc{kuager, title = "Kuager: measurements of internet shutdowns and blocking in Kazakhstan", year = 2026, note = "State of knowledge 2026-11-28T03:26:00Z, rules {rules}, CC BY 4.0", howpublished = "https://SERVER/api/v1/incidents?as_of=2026-11-28T03:26:00Z"}',
      ],
      links: [["Data", "~/data"]],
    },
    {
      id: "words",
      title: "Words that hold",
      items: [
        "“consistent with blocking”, “measured on three networks”, “began between 13:54 and 14:05”.",
        "Not “ordered by”, not “the whole country”, unless you know it from elsewhere and say from where.",
        "The degree of confidence (observed, probable, confirmed) belongs into the sentence. It is about the measurement, not about who did it.",
      ],
    },
  ],
};
