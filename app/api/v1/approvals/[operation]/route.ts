import { readOverHttp } from "@/server/api/approvals-http";
import { serverServices } from "@/server/api/server-context";

export const dynamic = "force-dynamic";

type Place = { params: Promise<{ operation: string }> };

/** One question. Looking decides nothing. */
export async function GET(request: Request, { params }: Place): Promise<Response> {
  return readOverHttp(serverServices(), request, decodeURIComponent((await params).operation));
}
