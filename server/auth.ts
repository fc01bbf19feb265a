import "server-only";
import { connection } from "next/server";
import { type AuthOptions, getServerSession } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { AccountId } from "@/flows/basics/ids";
import { composeWeb } from "./compose-web";
import { env } from "./env";
import { openAccount } from "./use-cases/open-account";

const MONTH_S = 30 * 86_400;

/**
 * Signing in. *Try it now* opens a local account and its cookie is the only way back into it: there is no password to
 * forget and none to steal. Wallets and mail come later as providers beside it.
 */
export function authOptions(): AuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: MONTH_S },
    pages: { signIn: "/", signOut: "/", error: "/" },
    providers: [
      Credentials({
        id: "local",
        name: "Local account",
        credentials: { name: { label: "Name", type: "text" } },
        authorize: async (given) => openAccount(composeWeb(), { name: given?.name ?? "" }),
      }),
    ],
    callbacks: {
      session: ({ session, token }) => ({ ...session, user: { ...session.user, id: token.sub } }),
    },
  };
}

/** Who asks; null for a visitor. A cookie that names nobody is a visitor's. */
export async function getUser(): Promise<{ id: AccountId; name: string } | null> {
  await connection(); // whoever asks is known only once there is a request: such a page is never built ahead
  const session = await getServerSession(authOptions());
  const user = session?.user as { id?: unknown; name?: unknown } | undefined;
  const id = AccountId.safeParse(user?.id);
  return id.success ? { id: id.data, name: String(user?.name ?? "") } : null;
}
