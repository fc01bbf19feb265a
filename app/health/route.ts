export const dynamic = "force-dynamic";

/** The web process answers. It says nothing of anything else. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}
