/** Where the explorer shows a transaction, and where an account: for every screen that names one. */
export const explorerLink = (signature: string): string => `/explorer/tx/${signature}`;
export const accountLink = (address: string): string => `/explorer/account/${address}`;

const BASE58 = /^[1-9A-HJ-NP-Za-km-z]+$/;

/** Where what somebody typed is shown. Errors: a sentence that says what about it is wrong. */
export function whereIs(typed: string): { href: string } | { problem: string } {
  const text = typed.trim();
  if (text === "") return { problem: "Type the signature of a transaction, or the address of an account." };
  const wrong = [...text].find((letter) => !BASE58.test(letter));
  if (wrong !== undefined)
    return {
      problem: `Neither signatures nor addresses have "${wrong}" in them: they are base58, without 0, O, I and l.`,
    };
  if (text.length >= 32 && text.length <= 44) return { href: accountLink(text) };
  if (text.length >= 64 && text.length <= 88) return { href: explorerLink(text) };
  return {
    problem: `This has ${text.length} letters: an address has 32 to 44, a signature 64 to 88. Is a part missing?`,
  };
}
