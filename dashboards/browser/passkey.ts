/**
 * Passkeys in the administration: signing in with one, and adding one. The server makes the challenge and judges the
 * answer; everything else of the administration works without this script.
 */
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

type Verdict = { ok: boolean; to?: string };

if (browserSupportsWebAuthn()) {
  offer("passkey-sign-in", async ({ action = "" }) => {
    const optionsJSON = await ask<PublicKeyCredentialRequestOptionsJSON>(action, {}, null);
    return ask<Verdict>(action, {}, await startAuthentication({ optionsJSON }));
  });
  offer("passkey-add", async ({ action = "", token = "" }) => {
    const headers = { "x-kuager-token": token };
    const optionsJSON = await ask<PublicKeyCredentialCreationOptionsJSON>(action, headers, null);
    const answer = await startRegistration({ optionsJSON });
    const label = document.querySelector<HTMLInputElement>("#passkey-label")?.value ?? "";
    return ask<Verdict>(action, headers, { label, answer });
  });
}

/** Shows a button of the page, and does its work when it is pressed. */
function offer(id: string, work: (data: DOMStringMap) => Promise<Verdict>): void {
  const button = document.getElementById(id);
  const said = document.getElementById("passkey-says");
  if (button === null || said === null) return;
  button.hidden = false;
  document.getElementById("passkey-none")?.remove();
  button.addEventListener("click", () => {
    said.textContent = "";
    work(button.dataset).then(
      ({ ok, to }) => {
        if (ok && to !== undefined) location.assign(to);
        else said.textContent = button.dataset.failed ?? "";
      },
      () => {
        said.textContent = button.dataset.failed ?? "";
      },
    );
  });
}

async function ask<T>(action: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<T> {
  const answer = await fetch(action, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    ...(body !== null && { body: JSON.stringify(body) }),
  });
  // Our own server made it; the library checks what it uses.
  return (await answer.json()) as T;
}
