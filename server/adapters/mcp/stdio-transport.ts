import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { ReadBuffer, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import { endGroup, watchMemory } from "./process-group";

/** A server that the operator installed. It is started as it stands here, without a shell, and knows these variables only. */
export type StdioCommand = {
  id: string;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  folder?: string | undefined;
  /** Units: megabytes that it and all that it starts may hold together. */
  memoryMb: number;
};

/** Before the name of a server, where the registry says where an agent answers. */
export const STDIO = "stdio:";
const LONGEST_MESSAGE = 10 * 1024 * 1024;

/**
 * Messages on the standard streams of a process of its own group, so that what it starts ends with it. What it says on
 * its third stream is nobody's: it may hold what our callers sent.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (problem: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  private child: ChildProcess | null = null;
  private readonly buffer = new ReadBuffer({ maxBufferSize: LONGEST_MESSAGE });
  private passing: Promise<void> = Promise.resolve();
  private gone: Promise<void> = Promise.resolve();
  private stopWatching: () => void = () => undefined;

  constructor(private readonly server: StdioCommand) {}

  start(): Promise<void> {
    const { command, args, env, folder, memoryMb } = this.server;
    return new Promise((resolve, reject) => {
      const child = spawn(command, [...args], {
        shell: false,
        detached: true, // its own group
        stdio: ["pipe", "pipe", "ignore"],
        cwd: folder ?? tmpdir(),
        env: { ...env } as NodeJS.ProcessEnv, // nothing of our own
      });
      this.child = child;
      child.once("error", (problem) => {
        reject(problem);
        this.ended();
      });
      child.once("spawn", () => {
        this.stopWatching = watchMemory(child.pid, memoryMb, () => void this.close());
        resolve();
      });
      child.once("exit", () => child.pid !== undefined && endGroup(child.pid)); // who is left of it may hold its streams
      child.once("close", () => this.ended());
      child.stdin?.on("error", (problem) => this.onerror?.(problem));
      child.stdout?.on("error", (problem) => this.onerror?.(problem));
      child.stdout?.on("data", (chunk: Buffer) => this.take(chunk));
    });
  }

  private take(chunk: Buffer): void {
    try {
      this.buffer.append(chunk);
    } catch {
      void this.close(); // more than a message may be: it is not listened to any longer
      return;
    }
    for (let message = this.read(); message !== null; message = this.read()) this.pass(message);
  }

  /** The next message; undefined for a line that is none, which is passed over. */
  private read(): JSONRPCMessage | undefined | null {
    try {
      return this.buffer.readMessage();
    } catch {
      return undefined;
    }
  }

  /** One at a time: the client takes in a notification only a moment later, and forgets it when the answer came by then. */
  private pass(message: JSONRPCMessage | undefined): void {
    if (message === undefined) return;
    this.passing = this.passing.then(() => {
      this.onmessage?.(message);
      return new Promise((resolve) => setImmediate(resolve));
    });
  }

  private ended(): void {
    if (this.child === null) return;
    this.stopWatching();
    const { pid } = this.child;
    this.child = null;
    if (pid !== undefined) endGroup(pid);
    void this.passing.then(() => this.onclose?.()); // what it said before it ended counts
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.child?.stdin;
    if (!stdin?.writable) throw new Error("the server is gone");
    await new Promise<void>((resolve) => {
      if (stdin.write(serializeMessage(message))) resolve();
      else stdin.once("drain", resolve).once("close", resolve);
    });
  }

  /** Resolves once the process is gone. */
  close(): Promise<void> {
    const { child } = this;
    if (child) {
      this.gone = new Promise((resolve) => child.once("close", () => resolve()));
      child.stdin?.end();
      this.ended();
    }
    return this.gone;
  }
}
