import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/types.js";

/** A conversation with one server, over whatever carries it. `broken` rejects when no answer can come any more. */
export type Session = { client: Client; broken: Promise<never>; close(): Promise<void> };

/** Nothing of a server's is ever compiled into code: what comes back is held against the plan's schemas, by the run. */
const noCode = {
  getValidator: <T>(): JsonSchemaValidator<T> => {
    return (input) => ({ valid: true, data: input as T, errorMessage: undefined });
  },
};

/**
 * A client that offers a server nothing: no models to ask, no people to ask, no folders. A server that asks for any of
 * them is told that there is no such method, by the protocol itself.
 */
export function newClient(): Client {
  const client = new Client(
    { name: "agent-labs-studio", version: "1" },
    { capabilities: {}, jsonSchemaValidator: noCode },
  );
  client.onerror = () => undefined; // what it means for a call, the call finds out
  return client;
}

/** Units: milliseconds. The protocol's own clock never decides: the signal does. */
export const NO_TIMEOUT_MS = 2_000_000_000;

export async function connect(client: Client, transport: Transport, signal: AbortSignal): Promise<void> {
  await client.connect(transport, { signal, timeout: NO_TIMEOUT_MS });
}
