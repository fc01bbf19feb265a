import NextAuth from "next-auth";
import { authOptions } from "@/server/auth";

type Context = { params: Promise<{ nextauth: string[] }> };

/** The options are made at the first request: a build has no secret to read. */
const handler = (request: Request, context: Context) => NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };
