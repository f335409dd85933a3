import { lookup as hostLookup } from "node:dns/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { SpeedPair } from "../measure/speed-control.ts";
import { addressesOf } from "../uplink/addresses.ts";

export type UploadOptions = {
  collector: string;
  takesUploads: boolean;
  lookup?: (name: string) => Promise<string[]>;
};

const LOOKUP_MS = 5000;

/**
 * The pair of an upload: random bytes to the collector at one address, once under the target's name and once under
 * the collector's own, so that only the name differs (as the replays of Xue et al., IMC 2021, on throttling by SNI). No
 * other server is sent anything. Null when the collector takes no uploads or its name has no address.
 */
export async function uploadPair(
  target: string,
  { collector, takesUploads, lookup = addressesByName }: UploadOptions,
): Promise<SpeedPair | null> {
  if (!takesUploads) return null;
  const url = new URL(addressesOf(collector).speed);
  const [ip] = await lookup(url.hostname.replace(/^\[(.*)\]$/, "$1"));
  if (ip === undefined) return null;
  const asked = new URL(url);
  asked.hostname = target;
  const certificateName = url.hostname;
  return {
    object: { url: asked.href, ip, takesUploads: true, certificateName },
    control: { url: url.href, ip, takesUploads: true, certificateName, choice: "same-address" },
  };
}

async function addressesByName(name: string): Promise<string[]> {
  const found = hostLookup(name, { all: true, verbatim: true }).then(
    (addresses) => addresses.map(({ address }) => address),
    () => [],
  );
  return Promise.race([found, sleep(LOOKUP_MS, [], { ref: false })]);
}
