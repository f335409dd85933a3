/** Grounds that are told without a number. */
export const PLAIN_GROUNDS = [
  // Who saw it, and whether it depends on the name.
  "one-probe",
  "foreign-page",
  "page-on-record",
  "name-alone",
  "few-paired-tests",
  "no-paired-test",
  "alike",
  "unlike",
  "never-let-through",
  "let-through-at-times",
  "step-recorded",
  // What controls found of the site.
  "hardly-any-control",
  "controls-mostly-reached",
  "controls-often-failed",
  "controls-mostly-failed",
  "controls-came-and-went",
  "controls-got-errors",
  "controls-got-no-error",
  // Other networks.
  "owner-unmeasured-elsewhere",
  "network-unmeasured-elsewhere",
  "owner-unsampled-elsewhere",
  // The way to the site.
  "hosted-inside",
  "on-transit-list",
  "not-on-transit-list",
  "no-transit-names",
  "transit-names-fail",
  "transit-names-pass",
  "transit-names-mixed",
  // Our own program.
  "software-unknown",
  "software-just-updated",
  "software-one-version",
  "software-shared",
  "software-several",
  "fetched-together",
  // Pairs of speeds.
  "pair-near",
  "pair-far",
  "control-speed-kept",
  "one-speed",
  "speed-varies",
  "controls-usual-speed",
  "controls-no-speed",
  "controls-uneven",
  "controls-steady",
  // What the journals of lost probes tell.
  "heard-over-dns",
  "hosts-restarted",
  "gateways-gone",
  "hosts-and-gateways-up",
  "hosts-up",
  "some-hosts-lost-power",
  "program-updated",
  "program-restarted",
  "program-kept",
  "lines-were-well",
  // How far a loss reached, and when it began.
  "controls-lost",
  "controls-in-touch",
  "only-two-probes",
  "owner-one-region",
  "network-one-region",
  "mobile-lost",
  "fixed-lost",
  "resolvers-gone",
  "city-at-once",
  "half-hour",
  "owner-at-night",
  // What incidents say of a denial.
  "found-probable",
  "found-confirmed",
] as const;
export type PlainGround = (typeof PLAIN_GROUNDS)[number];

/** Grounds that are told with numbers, and what each number counts. */
export const COUNTED_GROUNDS = {
  "probes-saw": ["probes"],
  "controls-reached": ["looks"],
  "some-controls-failed": ["without", "controls"],
  "networks-of-owners": ["networks", "owners"],
  "networks-sharing-owners": ["networks", "owners"],
  "owner-open-elsewhere": ["others"],
  "network-open-elsewhere": ["others"],
  "owner-not-slow-elsewhere": ["others"],
  "dns-hops-near": ["hops"],
  "dns-hops": ["hops"],
  "anchors-same-part": ["networks"],
  "probes-lost": ["probes"],
  "networks-in-regions": ["networks", "regions"],
  "network-in-regions": ["regions"],
  "networks-in-region": ["networks"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type CountedGround = keyof typeof COUNTED_GROUNDS;
export type CountsOf<Code extends CountedGround> = (typeof COUNTED_GROUNDS)[Code][number];

/** What stayed open while all else was lost. */
export const OPEN_GROUNDS = ["domestic-only", "whitelist", "dns-only", "partial-port", "degraded"] as const;
export type OpenGround = (typeof OPEN_GROUNDS)[number];

/** What journals can say of how much was lost, in the order in which it is told. */
export const JOURNAL_DEGREES = ["total", ...OPEN_GROUNDS] as const;
export type JournalDegree = (typeof JOURNAL_DEGREES)[number];
