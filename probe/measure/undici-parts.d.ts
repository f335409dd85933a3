/**
 * The two parts of undici that a request needs, by themselves: the whole package costs twice the memory. They have no
 * types of their own; these are the package's for the same things.
 */
declare module "undici/lib/dispatcher/client.js" {
  import { Client } from "undici";
  export default Client;
}

declare module "undici/lib/api/api-request.js" {
  import type { Dispatcher } from "undici";
  /** Client.prototype.request, which only the whole package attaches to the class. */
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}
