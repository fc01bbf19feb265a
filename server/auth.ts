import "server-only";
import { cookies } from "next/headers";
import type { AuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { AccountId } from "@/flows/basics/ids";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { composeWeb } from "./compose-web";
import { env } from "./env";
import { heldSessions } from "./use-cases/held-sessions";
import type { WayIn } from "./use-cases/link-wallet";
import { openAccount } from "./use-cases/open-account";
import { signInByWallet } from "./use-cases/sign-in-by-wallet";

const YEAR_S = 365 * 86_400;
const COOKIES = ["__Secure-next-auth.session-token", "next-auth.session-token"];

/**
 * Signing in. *Try it now* opens a local account and its cookie is the only way back into it: there is no password to
 * forget and none to steal. A wallet opens its account by a signature (docs/adr/0042-wallets.md).
 */
export function authOptions(): AuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: YEAR_S },
    pages: { signIn: "/", signOut: "/", error: "/" },
    providers: [
      Credentials({
        id: "local",
        name: "Local account",
        credentials: { name: { label: "Name", type: "text" } },
        authorize: async (given) => openAccount(composeWeb(), { name: given?.name ?? "" }),
      }),
      Credentials({
        id: "wallet",
        name: "Wallet",
        credentials: { nonce: {}, address: {}, message: {}, signature: {} },
        authorize: byWallet,
      }),
    ],
    callbacks: {
      jwt: ({ token, account }) => (account ? { ...token, way: account.provider, signedInMs: Date.now() } : token),
    },
  };
}

/** Errors: throws the code of what is wrong, which is how next-auth carries it to the page. */
async function byWallet(given: Record<"nonce" | "address" | "message" | "signature", string> | undefined) {
  const address = WalletAddress.safeParse(given?.address);
  if (!given || !address.success) throw new Error("signature_invalid");
  const { nonce, message, signature } = given;
  const opened = await signInByWallet(composeWeb(), { nonce, address: address.data, message, signature });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/**
 * Who asks; null for a visitor. A cookie that names nobody is a visitor's, and so is that of a wallet which opens the account no
 * more. The token is opened here and nothing else: `getServerSession` would also seal it again for every page, to renew a cookie
 * that a page cannot set.
 */
export async function getUser(): Promise<User | null> {
  const jar = await cookies(); // whoever asks is known only once there is a request: such a page is never built ahead
  const token = COOKIES.map((name) => jar.get(name)?.value).find((value) => value !== undefined);
  if (!token) return null;
  const user = await userOf(token);
  if (!user) return null;
  holds ??= heldSessions(composeWeb());
  return (await holds(user)) ? user : null;
}

let holds: ReturnType<typeof heldSessions> | undefined;

async function userOf(token: string): Promise<User | null> {
  const known = opened.get(token);
  if (known && known.untilMs > Date.now()) return known.user;
  const user = await open(token);
  if (user) remember(token, user);
  return user;
}

/** `signedInMs`: when they signed in, which no renewing of the cookie changes. Units: milliseconds since the epoch. */
type User = { id: AccountId; name: string; way: WayIn; signedInMs: number };

/** Tokens that were opened lately: to derive the key and to decrypt takes longer than to read a page's rows. */
const opened = new Map<string, { user: User; untilMs: number }>();
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 5_000;

async function open(token: string): Promise<User | null> {
  const claims = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null); // not sealed by us
  const id = AccountId.safeParse(claims?.sub);
  if (!id.success) return null;
  const { name, way, signedInMs } = claims ?? {};
  return {
    ...{ id: id.data, name: String(name ?? ""), way: way === "wallet" ? "wallet" : "browser" },
    signedInMs: typeof signedInMs === "number" ? signedInMs : 0,
  };
}

function remember(token: string, user: User): void {
  const [oldest] = opened.keys();
  if (opened.size >= MOST_REMEMBERED && oldest !== undefined) opened.delete(oldest);
  opened.set(token, { user, untilMs: Date.now() + REMEMBERED_MS });
}
