import { answerOverHttp } from "@/server/api/approvals-http";
import { serverServices } from "@/server/api/server-context";

export const dynamic = "force-dynamic";

type Place = { params: Promise<{ operation: string }> };

/** Only a POST decides: whatever merely looks changes nothing. */
export async function POST(request: Request, { params }: Place): Promise<Response> {
  return answerOverHttp(serverServices(), request, decodeURIComponent((await params).operation));
}
