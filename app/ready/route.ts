import { readiness } from "@/server/readiness";

export const dynamic = "force-dynamic";

/** Whether a run that is started now would get anywhere: database, worker and agents all answer. */
export async function GET(): Promise<Response> {
  const parts = await readiness();
  const ready = Object.values(parts).every((part) => part === "ok");
  return Response.json({ status: ready ? "ready" : "not ready", ...parts }, { status: ready ? 200 : 503 });
}
