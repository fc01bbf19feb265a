import { answerHook } from "@/server/api/hooks";
import { serverServices } from "@/server/api/server-context";

export const dynamic = "force-dynamic";

/** The address of a webhook. Only a POST is answered: whatever merely looks changes nothing. */
export async function POST(request: Request, { params }: { params: Promise<{ trigger: string }> }): Promise<Response> {
  const { trigger } = await params;
  return answerHook(serverServices(), request, trigger);
}
