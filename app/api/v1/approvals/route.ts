import { listOverHttp } from "@/server/api/approvals-http";
import { serverServices } from "@/server/api/server-context";

export const dynamic = "force-dynamic";

/** What waits for whoever's key it is. */
export async function GET(request: Request): Promise<Response> {
  return listOverHttp(serverServices(), request);
}
