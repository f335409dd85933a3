import { createRandom, type Random } from "../random.ts";
import type { Act, Area, BlockMethod, Scenario, Scope, Truth } from "../scenario.ts";
import { CITIES, DAY, HOUR, MINUTE, SITES, utc } from "./places.ts";

const FROM = utc("2023-03-06");
const METHODS: readonly BlockMethod[] = [
  "tls_drop",
  "tls_drop",
  "tls_drop",
  "tls_reset",
  "dns_lie",
  "dns_nx",
  "tcp_drop",
];
const BLOCK_AREAS: readonly Area[] = [
  { asn: 9198, region: "KZ-75", access: "fixed", probes: 3 },
  { asn: 9198, region: "KZ-71", access: "fixed", probes: 3 },
  { asn: 21299, region: "KZ-75", access: "mobile", probes: 3 },
];
const PARTIAL_AREAS: readonly Area[] = [
  { asn: 9198, region: "KZ-75", access: "fixed", probes: 6 },
  { asn: 21299, region: "KZ-71", access: "mobile", probes: 6 },
];

/** Three blocks of different names, methods and scopes, somewhere within a day and a half. */
export function blockMix(seed: number, requested = false): Scenario {
  const name = requested ? `requested-${seed}` : `blocks-${seed}`;
  const random = createRandom(name);
  const scopes: Scope[] = [
    {},
    { asns: [9198] },
    { regions: ["KZ-75"] },
    { asns: [21299] },
    { asns: [9198], regions: ["KZ-71"] },
  ];
  const targets = random.shuffled(SITES).slice(0, 3);
  const truths = targets.map((target): Truth => {
    const from = Math.round(FROM + random.between(8, 18) * HOUR);
    const to = Math.round(from + random.between(6, 14) * HOUR);
    return { kind: "block", from, to, scope: random.pick(scopes), targets: [target], cause: "ordered cut" };
  });
  const acts = truths.map((truth): Act => blockOf(truth, random.pick(METHODS)));
  const about = "Blocks of random names, networks, methods and hours.";
  return { name, about, from: FROM, to: FROM + 36 * HOUR, areas: BLOCK_AREAS, targets: SITES, acts, truths, requested };
}

/** One block that strikes half of a cell's probes, and one that strikes a third (Qaznet: 7 to 24 % of hosts). */
export function partialMix(seed: number): Scenario {
  const random = createRandom(`partial-${seed}`);
  const truths = [0.5, 0.35].map((share, place): Truth => {
    const from = Math.round(FROM + (10 + random.between(0, 4)) * HOUR);
    const scope = random.pick([{ asns: [9198] }, { asns: [21299] }]);
    const target = SITES[place] ?? "orda.kz";
    return { kind: "block", from, to: from + 14 * HOUR, scope, targets: [target], cause: "ordered cut", share };
  });
  const acts = truths.map((truth) => blockOf(truth, "tls_drop"));
  const about = "Blocks of a part of each cell's probes, as on one of several transit paths.";
  return {
    name: `partial-${seed}`,
    about,
    from: FROM,
    to: FROM + 36 * HOUR,
    areas: PARTIAL_AREAS,
    targets: SITES,
    acts,
    truths,
  };
}

function blockOf({ from, to, scope, targets, share }: Truth, method: BlockMethod): Act {
  return { act: "block", from, to, scope: share === undefined ? scope : { ...scope, share }, targets, method };
}

type Kind = (random: Random, from: number, to: number) => { act: Act; truth: Truth };

const REGIONS = ["KZ-75", "KZ-71"];
const cut = (
  line: Extract<Act, { act: "cut" }>["line"],
  scope: (random: Random) => Scope,
  cause: Truth["cause"],
): Kind => {
  const kind = cause === "ordered cut" ? "shutdown" : "outage";
  return (random, from, to) => {
    const struck = scope(random);
    return {
      act: { act: "cut", from, to, scope: struck, line },
      truth: { kind, from, to, scope: struck, targets: [], cause },
    };
  };
};
const power: Kind = (random, from, to) => {
  const regions = [random.pick(REGIONS)];
  const truth: Truth = {
    kind: "outage",
    from,
    to,
    scope: { regions, access: "fixed" },
    targets: [],
    cause: "power cut",
    spreadMs: MINUTE,
  };
  return { act: { act: "power", from, to, scope: { regions } }, truth };
};
const city = (random: Random): Scope => ({ regions: [random.pick(REGIONS)] });
const KINDS: readonly Kind[] = [
  cut("lan", () => ({}), "ordered cut"),
  cut("lan", city, "ordered cut"),
  cut("lan", city, "ordered cut"),
  cut("isp", () => ({ access: "mobile" }), "ordered cut"),
  cut("domestic", () => ({}), "ordered cut"),
  cut("whitelist", city, "ordered cut"),
  cut("partial-port", () => ({}), "ordered cut"),
  power,
  power,
  power,
  cut("isp", () => ({ asns: [9198] }), "ISP fault"),
];

/** Four cuts of the line of different causes, six hours apart, and a night's maintenance of one network. */
export function cutMix(seed: number): Scenario {
  const random = createRandom(`cuts-${seed}`);
  const made = [0, 1, 2, 3].map((place) => {
    const from = Math.round(FROM + (4 + place * 6 + random.between(0, 2)) * HOUR);
    const to = Math.round(from + Math.exp(random.between(Math.log(12), Math.log(180))) * MINUTE);
    return random.pick(KINDS)(random, from, to);
  });
  const about = "Cuts of random extent and cause: ordered ones, power, networks.";
  const acts = made.map(({ act }) => act);
  const truths = made.map(({ truth }) => truth);
  const areas = CITIES.filter(({ region }) => region !== "KZ-79");
  return {
    name: `cuts-${seed}`,
    about,
    from: FROM,
    to: FROM + 32 * HOUR,
    areas,
    targets: SITES,
    roundMs: 1_800_000,
    acts,
    truths,
  };
}

/** Three throttles after two days of usual speed, each of at least three probes for a day (detection.md 7.4). */
export function throttleMix(seed: number): Scenario {
  const random = createRandom(`throttles-${seed}`);
  const targets = SITES.slice(0, 4);
  const areas: Area[] = [
    { asn: 9198, region: "KZ-75", access: "fixed", probes: 5 },
    { asn: 41798, region: "KZ-71", access: "fixed", probes: 4 },
  ];
  const truths = random
    .shuffled(targets)
    .slice(0, 3)
    .map((target): Truth => {
      const from = Math.round(FROM + (48 + random.between(0, 12)) * HOUR);
      const scope = random.pick<Scope>([{}, { asns: [9198] }, { asns: [41798] }]);
      return { kind: "throttle", from, to: from + 24 * HOUR, scope, targets: [target], cause: "ordered cut" };
    });
  const acts = truths.map(({ from, to, scope, targets: slow }): Act => {
    const handshakes = random.chance(0.3);
    return {
      act: "throttle",
      from,
      to,
      scope,
      targets: slow,
      ...(handshakes ? { handshakeMs: 4000 } : { ratio: random.between(0.05, 0.45) }),
    };
  });
  const about = "Halved and worse goodput, or slow handshakes, of random names on random networks.";
  return {
    name: `throttles-${seed}`,
    about,
    from: FROM,
    to: FROM + 4 * DAY,
    areas,
    targets,
    speed: targets,
    roundMs: HOUR,
    acts,
    truths,
  };
}

/** Many cells and nothing but bad rounds, for the rate of false alarms. */
export function quietWeeks(seed: number, days: number, targets: readonly string[]): Scenario {
  const about = "Sticky bad rounds and churn alone, many targets.";
  const areas = CITIES.filter(({ region }) => region === "KZ-75").map((area) => ({ ...area, probes: 3 }));
  return { name: `quiet-${seed}`, about, from: FROM, to: FROM + days * DAY, areas, targets, acts: [], truths: [] };
}
