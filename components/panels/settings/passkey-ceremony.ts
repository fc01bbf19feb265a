import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

/** What can go wrong between the page and an authenticator, before the studio is asked anything. */
export type PasskeyFault =
  | { code: "passkey_refused" }
  | { code: "passkey_known" }
  | { code: "passkey_unable" }
  | { code: "words_other" }
  | { code: "passkey_elsewhere"; at: string };

/** Carries a fault through a mutation. */
export class PasskeyRefusal extends Error {
  constructor(readonly fault: PasskeyFault) {
    super(fault.code);
  }
}

/** Passkeys answer at the studio's own name alone. Null where they do here. Units: an origin. */
export function passkeysElsewhere(origin: string | null): string | null {
  return origin !== null && origin !== window.location.origin ? origin : null;
}

/**
 * Has a passkey sign a challenge, if it is the one that was worked out from what is on the screen: another never reaches the
 * authenticator. Errors: throws a PasskeyRefusal.
 */
export async function signWithPasskey(options: PublicKeyCredentialRequestOptionsJSON, challenge: string) {
  if (options.challenge !== challenge) throw new PasskeyRefusal({ code: "words_other" });
  return asking(() => startAuthentication({ optionsJSON: options }));
}

/** Errors: throws a PasskeyRefusal. */
export async function makePasskey(options: PublicKeyCredentialCreationOptionsJSON) {
  return asking(() => startRegistration({ optionsJSON: options }));
}

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  if (!browserSupportsWebAuthn()) throw new PasskeyRefusal({ code: "passkey_unable" });
  try {
    return await ask();
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : "";
    if (name === "InvalidStateError") throw new PasskeyRefusal({ code: "passkey_known" });
    if (name === "SecurityError") throw new PasskeyRefusal({ code: "passkey_unable" });
    throw new PasskeyRefusal({ code: "passkey_refused" }); // browsers tell a no from a time-out to nobody
  }
}

export function passkeyFaultWords(fault: PasskeyFault) {
  const { code } = fault;
  switch (fault.code) {
    case "passkey_refused":
      return {
        code,
        what: "No passkey answered: it was told no, or nobody answered it in time.",
        safe: "Nothing was signed.",
        next: "Try again, with a device that has your passkey.",
      };
    case "passkey_known":
      return {
        code,
        what: "This device has a passkey of your account already.",
        safe: "Nothing was changed.",
        next: "Use that one, or make one on another device.",
      };
    case "passkey_unable":
      return {
        code,
        what: "This browser makes no passkeys here.",
        safe: "Nothing was changed.",
        next: "Use a newer browser, or open the studio at its own name over HTTPS.",
      };
    case "words_other":
      return {
        code,
        what: "What was to be signed is not about what is on this screen.",
        safe: "No passkey was asked, and nothing was signed.",
        next: "Reload the page. If it stays, do not answer and report it.",
      };
    case "passkey_elsewhere":
      return {
        code,
        what: `Passkeys of this studio work at ${fault.at} only.`,
        safe: "Nothing was signed.",
        next: `Open ${fault.at} in this browser, and do it there.`,
      };
  }
}
