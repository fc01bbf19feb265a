/** Whom passkeys are made for: WebAuthn binds each to a name, and takes no address made of numbers. */
export type RelyingParty = { id: string; origin: string };

const LOOPBACK = new Set(["127.0.0.1", "[::1]"]);

/**
 * The relying party of a studio at this address. On this machine's own address it is `localhost`, which is the same studio; a
 * studio at any other address of numbers, or without HTTPS, has none, because no browser would make a passkey for it.
 */
export function relyingPartyAt(address: string): RelyingParty | null {
  const at = new URL(address);
  if (LOOPBACK.has(at.hostname)) at.hostname = "localhost";
  const { hostname, origin, protocol } = at;
  const isNumbers = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  return isNumbers || (protocol !== "https:" && !isLocal) ? null : { id: hostname, origin };
}
