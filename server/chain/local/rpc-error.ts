import { err, type Result } from "@/flows/basics/result";
import type { Wire } from "./json";

/** A refusal as JSON-RPC writes it. */
export type RpcError = { readonly code: number; readonly message: string; readonly data?: Wire };
export type Answer = Result<Wire, RpcError>;

// The numbers of JSON-RPC 2.0 and of Solana's servers (rpc-client-api, custom_error.rs).
const CODES = {
  parse: -32700,
  request: -32600,
  unknown: -32601,
  params: -32602,
  broken: -32603,
  preflight: -32002,
  signatures: -32003,
  block: -32004,
  unhealthy: -32005,
  skipped: -32007,
  version: -32015,
  context: -32016,
} as const;

export const rpcError = (kind: keyof typeof CODES, message: string, data?: Wire): RpcError => ({
  code: CODES[kind],
  message,
  ...(data === undefined ? {} : { data }),
});

export const refuse = (kind: keyof typeof CODES, message: string, data?: Wire): Result<never, RpcError> =>
  err(rpcError(kind, message, data));
