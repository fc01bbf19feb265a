type Problem = { problem: string };
type Address = Problem & { address: string };

const UNKEPT = "Nothing was kept, and no tool was called.";

/** What is said when something that others offer cannot be brought in. */
export const importWords = {
  address_refused: ({ address, problem }: Address) => ({
    what: `${address} is not called: ${problem}`,
    safe: UNKEPT,
    next: "Use an https address on the public internet, or ask the operator: on a machine for development, LOCAL_AGENTS can name this one.",
  }),
  document_unreadable: ({ problem }: Problem) => ({
    what: `The document cannot be read: ${problem}`,
    safe: UNKEPT,
    next: "Give it as JSON or YAML, up to 1 MB.",
  }),
  imports_too_many: ({ mostPerMinute }: { mostPerMinute: number }) => ({
    what: `You have had the studio look at ${mostPerMinute} agents, servers and documents in a minute.`,
    safe: UNKEPT,
    next: "Wait a minute, then try again.",
  }),
  openapi_invalid: ({ problem }: Problem) => ({
    what: `This describes no API that can be read: ${problem}`,
    safe: UNKEPT,
    next: "Give an OpenAPI document of version 3.0 or 3.1.",
  }),
  server_unreachable: ({ address, problem }: Address) => ({
    what: `${address} did not answer as an MCP server: ${problem}`,
    safe: UNKEPT,
    next: "Check the address, which often ends in /mcp, and that the server is up.",
  }),
};
