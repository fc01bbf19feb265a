import type { LinkedWallet } from "../repos/wallets-repo";

/**
 * The database says when a wallet was linked, the web process when somebody signed in: their clocks are this far apart at most.
 * Without it the wallet that has just opened an account would have been linked after it signed in.
 */
const CLOCKS_APART_MS = 10_000;

/** Whether a wallet was linked by the time of a sign-in. Units: milliseconds since the epoch. */
export const couldOpen = ({ linkedAt }: Pick<LinkedWallet, "linkedAt">, signedInMs: number): boolean =>
  linkedAt.getTime() <= signedInMs + CLOCKS_APART_MS;
