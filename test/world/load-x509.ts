import { webcrypto } from "node:crypto";

type Keyed = Map<unknown, unknown>;

/**
 * Loads @peculiar/x509. Its injector asks for the metadata part of Reflect at load time; this gives it the three
 * functions it calls (own and inherited metadata of classes), when nobody else has.
 */
export async function loadX509(): Promise<typeof import("@peculiar/x509")> {
  if (!("getMetadata" in Reflect)) installMetadata();
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto);
  return x509;
}

function installMetadata(): void {
  const store = new WeakMap<object, Keyed>();
  const own = (key: unknown, target: object) => store.get(target)?.get(key);
  const inherited = (key: unknown, target: object): unknown => {
    const parent: unknown = Object.getPrototypeOf(target);
    return own(key, target) ?? (parent instanceof Object ? inherited(key, parent) : undefined);
  };
  const define = (key: unknown, value: unknown, target: object) => {
    const keyed = store.get(target) ?? new Map<unknown, unknown>();
    store.set(target, keyed.set(key, value));
  };
  Object.assign(Reflect, { getMetadata: inherited, getOwnMetadata: own, defineMetadata: define });
}
