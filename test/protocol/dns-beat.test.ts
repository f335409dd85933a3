import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBase32, toBase32 } from "../../protocol/base32.ts";
import {
  type Beat,
  BeatZone,
  beatPseudonym,
  beatSecret,
  openBeat,
  readBeatName,
  writeBeat,
} from "../../protocol/dns-beat.ts";
import { LINK_STATES } from "../../protocol/records/link.ts";

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((all) => Buffer.from(all).toString("hex"));
const beats: fc.Arbitrary<Beat> = fc.record({
  at: fc.nat(2 ** 32 - 1),
  counter: fc.nat(2 ** 32 - 1),
  seq: fc.nat(2 ** 40 - 1),
  boot: hex(4),
  uptimeMinutes: fc.nat(2 ** 24 - 1),
  link: fc.constantFrom(...LINK_STATES, null),
});
const zones = fc
  .array(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/), { minLength: 2, maxLength: 4 })
  .map((labels) => labels.join("."))
  .filter((zone) => BeatZone.safeParse(zone).success);
/** Every letter in upper or lower case as a resolver pleases. */
const mixed = (text: string, dice: readonly boolean[]) =>
  [...text].map((letter, index) => (dice[index % dice.length] ? letter.toUpperCase() : letter)).join("");

it("a beat is read back as it was written, whatever case its letters come in, and its name fits in DNS", () => {
  fc.assert(
    fc.property(beats, zones, hex(32), fc.array(fc.boolean(), { minLength: 1 }), (beat, zone, secret, dice) => {
      const name = writeBeat(beat, { zone, secret });
      expect(name.length).toBeLessThanOrEqual(200);
      expect(name.split(".").every((label) => /^[a-z0-9-]{1,63}$/.test(label))).toBe(true);
      const sealed = readBeatName(mixed(name, dice), zone);
      expect(sealed).toMatchObject({ at: beat.at, pseudonym: beatPseudonym(secret, beat.at) });
      expect(sealed && openBeat(sealed, { zone, secret })).toEqual(beat);
    }),
  );
});

it("a beat with any letter changed, of another secret or for another zone does not open", () => {
  const zone = "b.example.org";
  fc.assert(
    fc.property(beats, hex(32), hex(32), fc.nat(60), fc.nat(30), (beat, secret, other, place, by) => {
      const name = writeBeat(beat, { zone, secret });
      const letters = "abcdefghijklmnopqrstuvwxyz234567";
      const letter = letters[(letters.indexOf(name[place] ?? "a") + 1 + by) % 32];
      const changed = readBeatName(`${name.slice(0, place)}${letter}${name.slice(place + 1)}`, zone);
      expect(changed && openBeat(changed, { zone, secret })).toBeNull();
      const sealed = readBeatName(name, zone);
      expect(sealed && other !== secret ? openBeat(sealed, { zone, secret: other }) : null).toBeNull();
      expect(sealed && openBeat(sealed, { zone: "c.example.org", secret })).toBeNull();
      expect(readBeatName(name, "c.example.org")).toBeNull();
    }),
  );
});

it("reads any name without a fault, and opens none that was not sealed", () => {
  const secret = beatSecret("00".repeat(32), "p");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z2-7]{61}$/)), (label) => {
      const sealed = readBeatName(`${label}.b.example.org`, "b.example.org");
      expect(sealed && openBeat(sealed, { zone: "b.example.org", secret })).toBeNull();
    }),
  );
});

it("two days of one probe, and two probes of one day, have nothing in common that the resolver could see", () => {
  const root = "17".repeat(32);
  const day = 86_400 * 20_000;
  const beat = { at: day, counter: 7, seq: 5, boot: "00000000", uptimeMinutes: 3, link: null };
  const secrets = ["one", "two"].map((probe) => beatSecret(root, probe));
  const labels = secrets.flatMap((secret) =>
    [day, day + 86_400].map((at) => fromBase32(writeBeat({ ...beat, at }, { zone: "b.test", secret }).slice(0, 61))),
  );
  expect(new Set(labels.map((label) => label?.toString("hex", 1, 9))).size).toBe(4);
  expect(new Set(labels.map((label) => label?.toString("hex", 17, 30))).size).toBe(4);
});

it("base 32 gives every text of bytes back, and refuses texts that it would not write", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      expect(fromBase32(toBase32(bytes).toUpperCase())).toEqual(Buffer.from(bytes));
    }),
  );
  // RFC 4648 section 10.
  expect(["f", "foobar"].map((text) => toBase32(Buffer.from(text)))).toEqual(["my", "mzxw6ytboi"]);
  expect(["mz", "a", "0", "my======"].map(fromBase32)).toEqual([null, null, null, null]);
});
