import {
  type DeclaredTool,
  type InstalledServer,
  installedAgents,
  type ToolAgent,
} from "@/server/use-cases/tool-manifest";

/** The MCP servers that the operator installed, and the registry that their tools are offered in. */
export type Tools<Server extends InstalledServer> = {
  servers: readonly Server[];
  look(server: Server): Promise<readonly DeclaredTool[]>;
  offer(server: Server, manifests: readonly ToolAgent["manifest"][]): Promise<void>;
  withdrawOthers(): Promise<void>;
};

type Log = (level: "info" | "warn", event: string, about: object) => void;

const AGAIN_MS = 30_000;
/**
 * Offers the tools of each installed server in the registry, as they are at this start. A server that cannot be asked is
 * asked again until it can; meanwhile what it offered before stays. Runs are taken all the while.
 */
export function offerInstalled<Server extends InstalledServer>(tools: Tools<Server>, log: Log): { stop(): void } {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;

  async function trying(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (problem) {
      if (isStopped) return;
      log("warn", "tools_not_offered", { server: what, problem: String(problem) });
      const timer = setTimeout(() => {
        timers.delete(timer);
        void trying(what, work);
      }, AGAIN_MS);
      timers.add(timer.unref());
    }
  }

  async function offer(server: Server): Promise<void> {
    const manifests = installedAgents(server, await tools.look(server)).map(({ manifest }) => manifest);
    await tools.offer(server, manifests);
    log("info", "tools_offered", { server: server.id, tools: manifests.length });
  }

  for (const server of tools.servers) void trying(server.id, () => offer(server));
  void trying("all", tools.withdrawOthers);
  return {
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
