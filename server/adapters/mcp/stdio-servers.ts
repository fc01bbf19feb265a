import { connect, newClient, type Session } from "./session";
import { type StdioCommand, StdioTransport } from "./stdio-transport";

/** A server cannot be asked now, or, when that `lasts`, never. Nothing was sent to any tool. */
export class ServerAway extends Error {
  constructor(
    message: string,
    readonly lasts: "away" | "refused" = "away",
  ) {
    super(message);
    this.name = "ServerAway";
  }
}

type Use<T> = { signal: AbortSignal; work: (session: Session) => Promise<T> };

export type StdioServers = {
  use<T>(id: string, use: Use<T>): Promise<T>;
  /** Ends all of them, and resolves once they are gone. */
  close(): Promise<void>;
};

/** Units: milliseconds. A server without work for `idleMs` is stopped; one that fails rests, twice as long each time. */
export type StdioLimits = { atOnce: number; idleMs: number; restMs: number; mostRestMs: number };
export const STDIO_LIMITS: StdioLimits = { atOnce: 4, idleMs: 300_000, restMs: 1_000, mostRestMs: 60_000 };

type Running = { session: Promise<Session>; uses: number; idle: NodeJS.Timeout | undefined };
type Resting = { failures: number; untilMs: number };

/**
 * The servers that the operator installed, each at most one process, started when it is first needed and never more than
 * `atOnce` together. Who finds no room waits for it, and a server that nobody uses makes room.
 */
export function stdioServers(
  commands: readonly StdioCommand[],
  { limits = STDIO_LIMITS, now = () => Date.now() }: { limits?: StdioLimits; now?: () => number } = {},
): StdioServers {
  const known = new Map(commands.map((command) => [command.id, command]));
  const running = new Map<string, Running>();
  const resting = new Map<string, Resting>();
  const waiting = new Set<() => void>();

  function roomIsFree(): void {
    for (const look of waiting) look();
    waiting.clear();
  }

  function stop(id: string, server: Running): void {
    if (running.get(id) !== server) return;
    running.delete(id);
    clearTimeout(server.idle);
    void server.session.then((session) => session.close()).catch(() => undefined);
    roomIsFree();
  }

  function failed(id: string): void {
    const failures = (resting.get(id)?.failures ?? 0) + 1;
    const restMs = Math.min(limits.restMs * 2 ** (failures - 1), limits.mostRestMs);
    resting.set(id, { failures, untilMs: now() + restMs });
  }

  /** Makes room where a server has nothing to do. */
  function hasRoom(): boolean {
    const idle = running.size < limits.atOnce ? undefined : [...running].find(([, server]) => server.uses === 0);
    if (idle) stop(...idle);
    return running.size < limits.atOnce;
  }

  function change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(new ServerAway("no room for another server"));
      waiting.add(resolve);
      signal.addEventListener("abort", () => reject(new ServerAway("no room for another server")), { once: true });
    });
  }

  async function open(command: StdioCommand, signal: AbortSignal): Promise<Session> {
    const transport = new StdioTransport(command);
    const client = newClient();
    let gone: (problem: Error) => void = () => undefined;
    const broken = new Promise<never>((_, reject) => {
      gone = reject;
    });
    broken.catch(() => undefined); // nobody may be waiting
    client.onclose = () => gone(new Error("the server ended"));
    try {
      await connect(client, transport, signal);
      return { client, broken, close: () => transport.close() };
    } catch (problem) {
      await transport.close();
      throw new ServerAway(problem instanceof Error ? problem.message : "it does not start");
    }
  }

  /** The server, with one use of it counted. Between the look and the count nobody else comes to move. */
  async function reach(command: StdioCommand, signal: AbortSignal): Promise<Running> {
    while (!running.has(command.id)) {
      const rest = resting.get(command.id);
      if (rest && now() < rest.untilMs) throw new ServerAway("it failed and is not started again for a while");
      if (hasRoom()) break;
      await change(signal);
    }
    const server = running.get(command.id) ?? start(command, signal);
    clearTimeout(server.idle);
    server.uses += 1;
    return server;
  }

  function start(command: StdioCommand, signal: AbortSignal): Running {
    const server: Running = { session: open(command, signal), uses: 0, idle: undefined };
    running.set(command.id, server);
    server.session.then(
      ({ broken }) => {
        void broken.catch(() => {
          if (running.get(command.id) === server) failed(command.id); // it was not we who stopped it
          stop(command.id, server);
        });
      },
      () => {
        failed(command.id);
        stop(command.id, server);
      },
    );
    return server;
  }

  return {
    async use(id, { signal, work }) {
      const command = known.get(id);
      if (!command) throw new ServerAway("no such server is installed", "refused");
      const server = await reach(command, signal);
      try {
        const answer = await work(await server.session);
        resting.delete(id);
        return answer;
      } finally {
        server.uses -= 1;
        if (server.uses === 0) {
          server.idle = setTimeout(() => stop(id, server), limits.idleMs);
          server.idle.unref();
          roomIsFree();
        }
      }
    },
    async close() {
      const all = [...running];
      for (const [id, server] of all) stop(id, server);
      await Promise.allSettled(all.map(([, server]) => server.session.then((session) => session.close())));
    },
  };
}
