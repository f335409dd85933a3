import { z } from "zod";
import { Ip } from "../../../protocol/primitives.ts";
import { LinkBody } from "../../../protocol/records/link.ts";
import { SpeedBody } from "../../../protocol/records/speed.ts";
import { WebBody } from "../../../protocol/records/web.ts";
import { Anchor } from "../../../protocol/target.ts";

/** What the measuring process is told when it starts. */
export const MeasurerSettings = z.object({
  ca: z.string(),
  controlName: z.string(),
  publicResolvers: z.array(z.ipv4()),
  doh: z.array(z.url()),
  anchors: z.array(Anchor),
});
export type MeasurerSettings = z.infer<typeof MeasurerSettings>;

/** One thing to measure. */
export const Question = z.object({
  url: z.url(),
  /** Whom to ask for names: `all`, or only what the provider gives. */
  resolvers: z.enum(["all", "provider"]),
  addresses: z.array(Ip),
  followups: z.boolean(),
  /** Look at the line as well. */
  link: z.boolean(),
  /** Fetch this object and its control back to back, in place of all else. */
  speed: z
    .object({
      ip: z.ipv4(),
      controlUrl: z.url(),
      controlIp: z.ipv4(),
      choice: z.enum(["foreign", "same-prefix"]),
    })
    .optional(),
});
export type Question = z.infer<typeof Question>;

/** One answer: a line of JSON. */
export const Measured = z.object({
  web: WebBody.nullable(),
  link: LinkBody.pick({ state: true, portal: true, checks: true }).nullable(),
  speed: SpeedBody.nullable(),
  problem: z.string().nullable(),
});
export type Measured = z.infer<typeof Measured>;
