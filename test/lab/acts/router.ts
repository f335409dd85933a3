import { setTimeout as sleep } from "node:timers/promises";
import { addNftTable, allInForce, type InForce } from "../net/firewall.ts";

/** What a router takes of its subscribers' packets: only what matches, or all but what matches. */
export type Taking = { only: readonly string[] } | { allBut: readonly string[] };

/** Routers that take so much of what their subscribers send; what comes from the backbone (eth0) passes. */
export async function routersTake(namespaces: readonly string[], taking: Taking): Promise<InForce> {
  const rules =
    "only" in taking
      ? [...taking.only.map((match) => `${match} accept;`), "drop;"]
      : taking.allBut.map((match) => `${match} drop;`);
  const head = ["type filter hook prerouting priority -300;", 'iifname { "eth0", "lo" } accept;'];
  const chain = `chain takes {\n${[...head, ...rules].join("\n")}\n}`;
  return allInForce(
    await Promise.all(namespaces.map((namespace) => addNftTable(namespace, "kuager_lab_takes", chain))),
  );
}

/** Routers that lose so many of a hundred forwarded packets, at random. */
export async function routersLose(namespaces: readonly string[], ofHundred: number): Promise<InForce> {
  const chain = `chain loses { type filter hook forward priority -300; numgen random mod 100 < ${ofHundred} drop; }`;
  return allInForce(
    await Promise.all(namespaces.map((namespace) => addNftTable(namespace, "kuager_lab_loses", chain))),
  );
}

/** What comes from an address goes on only so fast; the rest is dropped (a policer). */
export function policed(namespace: string, address: string, kilobytesS: number): Promise<InForce> {
  const rule = `ip saddr ${address} limit rate over ${kilobytesS} kbytes/second burst 8 kbytes drop;`;
  return addNftTable(namespace, "kuager_lab_police", `chain slow {\ntype filter hook forward priority 0;\n${rule}\n}`);
}

/** A host takes no TCP for one of its addresses from these sources. */
export function closedTo(namespace: string, address: string, sources: readonly string[]): Promise<InForce> {
  const rule = `ip saddr { ${sources.join(", ")} } ip daddr ${address} meta l4proto tcp drop;`;
  return addNftTable(namespace, "kuager_lab_closed", `chain closed {\ntype filter hook input priority 0;\n${rule}\n}`);
}

const FLAP_MS = 7_000;

/** An overloaded server: for everybody it is gone and back, in turns of some seconds. */
export async function flapping(namespace: string, address: string): Promise<InForce> {
  const over = new AbortController();
  const turn = async () => {
    const gone = await closedTo(namespace, address, ["0.0.0.0/0"]);
    await sleep(FLAP_MS, null, { signal: over.signal }).catch(() => {});
    await gone.remove();
    await sleep(FLAP_MS, null, { signal: over.signal }).catch(() => {});
  };
  const turns = (async () => {
    while (!over.signal.aborted) await turn();
  })();
  return {
    remove: async () => {
      over.abort();
      await turns;
    },
  };
}
