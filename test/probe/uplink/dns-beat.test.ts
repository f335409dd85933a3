import { createSocket } from "node:dgram";
import { afterAll, afterEach, expect, it } from "vitest";
import { decodeMessage } from "../../../probe/measure/dns-codec.ts";
import { Delivery } from "../../../probe/uplink/deliver.ts";
import { keepDnsBeats } from "../../../probe/uplink/dns-beat.ts";
import { openBeat, readBeatName } from "../../../protocol/dns-beat.ts";
import { folders, openJournal, SILENT, until } from "../support.ts";
import { startDouble } from "./collector-double.ts";

const temporary = folders();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(temporary.clean);

const key = { zone: "b.example.org", secret: "ab".repeat(32) };

/** A resolver that hears questions and answers none, or each with a code. */
async function resolver(rcode: number | null) {
  const names: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (data, { port, address }) => {
    names.push(decodeMessage(data)?.name ?? "");
    if (rcode === null) return;
    data[2] = 0x80;
    data[3] = rcode;
    socket.send(data, port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  ends.push(() => socket.close());
  return { names, server: `127.0.0.1:${socket.address().port}` };
}

function beating(resolvers: readonly string[], heardMs: () => number, told: () => typeof key | undefined = () => key) {
  const { clock } = openedJournal();
  const stop = new AbortController();
  const options = { told, heardMs, clock, log: SILENT, resolvers: () => resolvers };
  const done = keepDnsBeats(
    { ...options, heartbeatS: () => 0.5, lastSeq: () => 7, link: () => "domestic" },
    stop.signal,
  );
  ends.push(() => {
    stop.abort();
    return done;
  });
}

function openedJournal() {
  const opened = openJournal(temporary.make());
  ends.push(() => opened.journal.close());
  return opened;
}

const opened = (name: string) => {
  const sealed = readBeatName(name, key.zone);
  return sealed && openBeat(sealed, key);
};

it("is silent over DNS while the collector is heard, and beats there once it no longer is", async () => {
  const { journal, identity, clock } = openedJournal();
  const double = await startDouble({ publicKey: identity.publicKey, heartbeatS: 1 });
  const delivery = new Delivery({
    ...{ identity, journal, clock },
    collectors: [double.url],
    log: SILENT,
    heartbeatS: () => 1,
    listVersion: () => null,
    onConfig: () => {},
    onTask: () => {},
    beforePost: () => {},
    backoff: () => 20,
  });
  ends.push(() => delivery.finish("end of test", 0));
  const heard = await resolver(0);
  beating([heard.server], () => delivery.heardMs());
  // Longer than the patience of two seconds.
  await until("beats are heard", () => double.heard.filter((what) => what === "beat").length >= 5);
  expect(heard.names).toEqual([]);
  await double.close();
  await until("beats go over DNS", () => heard.names.length >= 3);
  expect(new Set(heard.names).size).toBe(heard.names.length);
  expect(opened(heard.names[0] ?? "")).toMatchObject({ seq: 7, link: "domestic" });
});

it("asks the next resolver where one refuses, with a name of its own, and stops at the first that answers", async () => {
  const [refuses, answers, third] = [await resolver(5), await resolver(0), await resolver(0)];
  beating([refuses.server, answers.server, third.server], () => Number.NEGATIVE_INFINITY);
  await until("both were asked twice", () => refuses.names.length >= 2 && answers.names.length >= 2);
  expect(new Set([...refuses.names, ...answers.names]).size).toBe(refuses.names.length + answers.names.length);
  expect(third.names).toEqual([]);
});

it("asks nothing until the collector has told of a zone", async () => {
  const heard = await resolver(0);
  let looks = 0;
  let told: typeof key | undefined;
  beating(
    [heard.server],
    () => Number.NEGATIVE_INFINITY,
    () => {
      looks++;
      return told;
    },
  );
  await until("it looked twice", () => looks >= 2);
  expect(heard.names).toEqual([]);
  told = key;
  await until("it asks", () => heard.names.length > 0);
});
