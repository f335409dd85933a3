import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { EpochMs } from "../analysis/types.ts";
import type { PasskeyTable, StoredAccount, StoredPasskey } from "../store/admin-tables.ts";

/** Passkeys (WebAuthn): a key on a device that its owner unlocks there, so that it stands for password and code. */
export type Passkeys = {
  registration: (account: StoredAccount) => Promise<object>;
  /** Keeps a new passkey; false when what the browser answers does not hold. */
  register: (account: StoredAccount, label: string, answer: unknown) => Promise<boolean>;
  challenge: () => Promise<object>;
  /** The account whose passkey answered a challenge of ours; null when it does not hold. */
  answered: (answer: unknown) => Promise<string | null>;
};

const VALID_MS = 5 * 60_000;
const CHALLENGES_MAX = 1000;
const PASSKEYS_MAX = 10;

/** Shapes of what browsers answer, as far as it is handed on; the library judges all else. */
const Id = z.string().regex(/^[\w-]{1,1400}$/);
const Registered = z.looseObject({ id: Id, rawId: Id, type: z.literal("public-key"), response: z.looseObject({}) });

type Registration = Parameters<typeof verifyRegistrationResponse>[0]["response"];
type Authentication = Parameters<typeof verifyAuthenticationResponse>[0]["response"];

/** Passkeys for an origin such as https://admin.example.org; its host name is what they are bound to. */
export function createPasskeys(table: PasskeyTable, origin: () => string, now: () => EpochMs = Date.now): Passkeys {
  const challenges = challengeShelf(now);
  const rpID = () => new URL(origin()).hostname;
  const expected = () => ({ expectedOrigin: origin(), expectedRPID: rpID(), requireUserVerification: true });
  return {
    registration: async ({ id, name }) => {
      const known = await table.of(id);
      const options = await generateRegistrationOptions({
        ...{ rpName: "Kuager", rpID: rpID(), userName: name, userID: new TextEncoder().encode(id) },
        ...{ attestationType: "none", excludeCredentials: known.map((one) => ({ id: one.id })) },
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      });
      challenges.put(options.challenge, id);
      return options;
    },
    register: async (account, label, answer) => {
      const parsed = Registered.safeParse(answer);
      if (!parsed.success || (await table.of(account.id)).length >= PASSKEYS_MAX) return false;
      const verified = await verifyRegistrationResponse({
        ...expected(),
        // The cast is sound: the library checks every member it reads.
        response: parsed.data as unknown as Registration,
        expectedChallenge: (challenge) => challenges.take(challenge, account.id),
      }).catch(() => null);
      if (verified === null || !verified.verified) return false;
      const { id, publicKey, counter } = verified.registrationInfo.credential;
      await table.add({ id, account: account.id, label, publicKey, counter, created: now(), used: null });
      return true;
    },
    challenge: async () => {
      const options = await generateAuthenticationOptions({ rpID: rpID(), userVerification: "required" });
      challenges.put(options.challenge, null);
      return options;
    },
    answered: async (answer) => {
      const parsed = Registered.safeParse(answer);
      const passkey = parsed.success ? await table.byId(parsed.data.id) : null;
      if (!parsed.success || passkey === null) return null;
      const verified = await verifyAuthenticationResponse({
        ...expected(),
        response: parsed.data as unknown as Authentication,
        expectedChallenge: (challenge) => challenges.take(challenge, null),
        credential: credentialOf(passkey),
      }).catch(() => null);
      if (verified === null || !verified.verified) return null;
      await table.used(passkey.id, verified.authenticationInfo.newCounter, now());
      return passkey.account;
    },
  };
}

function credentialOf({ id, publicKey, counter }: StoredPasskey) {
  return { id, publicKey: new Uint8Array(publicKey), counter };
}

/** Challenges that were given out: each is taken once, by the account it was made for, within five minutes. */
function challengeShelf(now: () => EpochMs) {
  const shelf = new Map<string, { account: string | null; until: EpochMs }>();
  return {
    put: (challenge: string, account: string | null) => {
      shelf.set(challenge, { account, until: now() + VALID_MS });
      if (shelf.size > CHALLENGES_MAX) shelf.delete(shelf.keys().next().value ?? challenge);
    },
    take: (challenge: string, account: string | null): boolean => {
      const known = shelf.get(challenge);
      shelf.delete(challenge);
      return known !== undefined && known.account === account && known.until > now();
    },
  };
}
