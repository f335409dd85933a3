import type { Prose } from "./prose.ts";

/** What cannot be known in English. */
export const limitsEn: Prose = {
  title: "Limits",
  dek: "What these pages cannot know, and where they err.",
  sections: [
    {
      id: "few",
      title: "Few witnesses",
      items: [
        "Probes are volunteers’, few, and not chosen by lot. Below three fixed and two mobile ones on two networks we can speak of probes, not of a city.",
        "Where one or two probes are known, no number is given: it could point at a person. Such places are shown as “too few probes”.",
        "A region without probes is blind. Nothing found there says nothing.",
      ],
    },
    {
      id: "unseen",
      title: "What probes do not see",
      items: [
        "A mobile cut of a few street blocks is invisible to probes at home.",
        "Only sites on the list are measured, and of each its first page. Apps and single pages may fare otherwise.",
        "What happens between two rounds, and is over before the next, can be missed.",
        "A slow-down has to be large to be told from everyday congestion.",
      ],
    },
    {
      id: "errors",
      title: "Where verdicts err",
      items: [
        "Some failures look alike: a fault of the site, of the provider, of a device at home. Every verdict says when it can be wrong; see the method.",
        "Sites hosted in Kazakhstan can be filtered in front of the server: then they fail from abroad too, and we do not say what stands behind it.",
        "Some cuts and power cuts look alike until the journals arrive.",
      ],
    },
    {
      id: "time",
      title: "Time",
      items: [
        "Times are given as spans. On a computer without a clock they are as good as its next contact.",
        "A time in which our collector did not run is hatched: it is neither fine nor down.",
      ],
    },
    {
      id: "claims",
      title: "What we never claim",
      items: [
        "Who did it, and why. Events stand beside incidents by time alone.",
        "Figures on simulated networks say nothing of the world until compared with outside sources.",
        "Larger systems have longer history, more networks and reviewed methods. Ours answers a narrower question faster.",
      ],
    },
  ],
};
