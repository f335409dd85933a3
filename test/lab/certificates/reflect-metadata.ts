/** Metadata of one object: key to value. */
const store = new WeakMap<object, Map<unknown, unknown>>();

/**
 * Gives `Reflect` the four functions of the metadata proposal that the certificate library's container asks for at
 * import. Does nothing where another polyfill has been installed.
 */
export function installReflectMetadata(): void {
  if ("getMetadata" in Reflect) return;
  const defineMetadata = (key: unknown, value: unknown, target: object): void => {
    const known = store.get(target) ?? new Map<unknown, unknown>();
    store.set(target, known.set(key, value));
  };
  Object.assign(Reflect, {
    defineMetadata,
    getOwnMetadata: (key: unknown, target: object) => store.get(target)?.get(key),
    getMetadata: (key: unknown, target: object) => inherited(key, target),
    metadata: (key: unknown, value: unknown) => (target: object) => defineMetadata(key, value, target),
  });
}

function inherited(key: unknown, target: object): unknown {
  for (let owner: object | null = target; owner !== null; owner = Object.getPrototypeOf(owner)) {
    const value = store.get(owner)?.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}
