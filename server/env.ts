import { z } from "zod";
import { Microcredits, money } from "@/flows/basics/money";
import { WalletAddress } from "@/flows/receipts/sign-in-message";

const atLeastOne = z.coerce.number().int().min(1).max(1_000_000).optional();

const Origins = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean),
  )
  .refine((origins) => origins.every((one) => URL.canParse(one) && new URL(one).origin === one), {
    message: "is a list of origins, as in http://10.0.0.5:8080,http://agents.internal",
  });

const Addresses = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((address) => address.trim())
      .filter(Boolean),
  )
  .refine((all) => all.every((one) => URL.canParse(one) && /^https?:/.test(one)), {
    message: "is a list of addresses, as in https://one.example,https://two.example",
  });

/** Prices: whole microcredits for a million tokens, read and written. */
const Rate = z
  .union([z.number().int(), z.string().regex(/^\d{1,15}$/)])
  .transform((text) => BigInt(text))
  .refine((amount) => amount >= 0n, "is below nothing")
  .transform((amount) => Microcredits.parse(amount));
const Name = z.string().regex(/^[A-Za-z0-9._-]{1,40}$/, "is made of letters, digits, points, - and _");
const ModelName = z.string().regex(/^[A-Za-z0-9._:/-]{1,60}$/, "is made of letters, digits and . _ : / -");
const Provider = z
  .strictObject({
    name: Name,
    address: z.url({ protocol: /^https?$/ }),
    stream: z.boolean().default(true),
    models: z
      .array(
        z.strictObject({ name: ModelName, asks: z.string().min(1).max(200).optional(), input: Rate, output: Rate }),
      )
      .min(1)
      .max(100),
  })
  .transform((provider) => ({
    ...provider,
    models: provider.models.map(({ asks, ...model }) => ({ ...model, asks: asks ?? model.name })),
  }));

const asJson = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "is no JSON" });
    return z.NEVER;
  }
};

const Environment = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    STUDIO_DATA: z.string().min(1),
    STUDIO_URL: z.url({ protocol: /^https?$/ }),
    NEXTAUTH_SECRET: z.string().min(32),
    AGENTS_URL: z.url({ protocol: /^https?$/ }),
    /** Origins with commas between, where the operator's own agents and servers may answer on a private network or over
     * plain HTTP. Nothing that people name is ever called there. */
    TRUSTED_ORIGINS: Origins,
    /** For development: origins with commas between, where agents that people bring in may answer though the guard would
     * refuse them. Whoever is signed in can have these called. */
    LOCAL_AGENTS: Origins,
    /** A JSON file with the MCP servers that the operator installed. Only the worker starts them. */
    MCP_SERVERS_FILE: z.string().min(1).optional(),
    /** Where their commands are looked for. */
    PATH: z.string().optional(),
    /** The worker alone is given it, because the worker alone signs receipts. */
    RECEIPT_KEY_FILE: z.string().min(1).optional(),
    /** The language models that flows can ask, as JSON: docs/guides/models.md. */
    MODELS: z
      .string()
      .default("[]")
      .transform(asJson)
      .pipe(z.array(Provider).max(20))
      .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "names a provider twice"),
    /** Their keys by the names of providers, as JSON. The worker alone is given them, because the worker alone asks. */
    MODEL_KEYS: z.string().default("{}").transform(asJson).pipe(z.record(z.string(), z.string())),
    /** Above what a yes of an approval takes a signature, or having signed in a moment ago. Units: credits. */
    APPROVAL_FRESH_ABOVE: z.coerce
      .number()
      .int()
      .min(0)
      .max(1_000_000_000)
      .default(100)
      .transform((credits) => money("microcredits", BigInt(credits) * 1_000_000n)),
    /** So long after it came the first passkey or wallet of an account signs for it, when nothing confirmed it. Units: hours. */
    APPROVAL_FIRST_MEANS_AFTER_HOURS: z.coerce.number().int().min(0).max(720).default(24),
    /** Calls that one worker has under way: to one agent, and for one owner. */
    CALLS_PER_AGENT: atLeastOne,
    CALLS_PER_OWNER: atLeastOne,
    /** How often an owner's runs call one agent, whatever worker they are on. */
    CALLS_PER_MINUTE: atLeastOne,
    CALLS_BURST: atLeastOne,
    /** The web process alone is given it, because posts to webhooks come there. */
    TRIGGER_KEY_FILE: z.string().min(1).optional(),
    /** What people bring along for agents is sealed with it: by the web process, and opened by the worker for a call. */
    SECRETS_KEY_FILE: z.string().min(1).optional(),
    /** Where the studio's own agents are paid on chain, and where the fee of escrows goes. Its key is held elsewhere. */
    HOUSE_WALLET: WalletAddress.optional(),
    /** Where the chain answers: servers with commas between, each asked when those before it do not answer. The launcher
     * sets it to the local chain's address, unless the operator names a cluster. */
    SOLANA_RPC_URL: Addresses,
    /** Which chain that is: wallets are told, and whoever reads a screen. The launcher says it of the local one. */
    SOLANA_CHAIN: z.enum(["localnet", "devnet", "testnet", "mainnet"]).default("mainnet"),
    /** Where it tells what happens, if that is not at the same address. */
    SOLANA_WS_URL: z.url({ protocol: /^wss?$/ }).optional(),
    /** Where the escrow program is, and which token is USDC there. Both are known of the local chain; of a cluster the
     * operator says them, or the escrow rail is not offered. */
    ESCROW_PROGRAM: WalletAddress.optional(),
    USDC_MINT: WalletAddress.optional(),
    /** Where the registry's program is: then the explorer says in words what was done there. A local chain says it itself. */
    REGISTRY_PROGRAM: WalletAddress.optional(),
    /** Who records earnings, who pays rent and network fees, who decides disputes. */
    ESCROW_SETTLER: WalletAddress.optional(),
    ESCROW_SPONSOR: WalletAddress.optional(),
    ESCROW_ARBITER: WalletAddress.optional(),
    ESCROW_HOUSE: WalletAddress.optional(),
    /** Hundredths of a per cent, taken from what a payee gets; how long a payer may dispute, in seconds. */
    ESCROW_FEE_BPS: z.coerce.number().int().min(0).max(1_000).default(0),
    ESCROW_WINDOW: z.coerce.number().int().min(0).max(2_592_000).default(0),
    /** From when on what the chain says is believed. */
    SOLANA_COMMITMENT: z.enum(["confirmed", "finalized"]).default("confirmed"),
    /** Version of transactions: 0 has room for 12 payees, 1 for 32 where the cluster takes it. */
    SOLANA_TRANSACTION_VERSION: z
      .enum(["0", "1"])
      .default("0")
      .transform((version) => (version === "1" ? 1 : 0)),
    /** The most that is paid to be taken sooner: millionths of a lamport for a compute unit. */
    SOLANA_PRIORITY_CEILING: z.coerce.number().int().min(0).max(1_000_000_000).default(100_000),
    /** The most that the sponsor has out and spends within a day. Units: lamports. */
    SPONSOR_DAILY: z.coerce.number().int().min(0).default(1_000_000_000),
    SPONSOR_SHARE: z.coerce.number().int().min(0).default(200_000_000),
    /** Keys, 32 bytes in hex each. The worker alone is given them, because the worker alone signs. */
    SETTLER_KEY_FILE: z.string().min(1).optional(),
    SPONSOR_KEY_FILE: z.string().min(1).optional(),
    /** The house's, which only the local chain has on this machine. */
    HOUSE_KEY_FILE: z.string().min(1).optional(),
    /** Where mail is handed in: smtp://user:password@host:587, or smtps://. The worker alone is told, because it alone sends. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** Whom mail comes from: an address, or a name and an address in angle brackets. */
    MAIL_FROM: z
      .string()
      .regex(/^(?:[^<>\r\n@]{1,80}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, "is no address to send mail from")
      .optional(),
    /** Origins with commas between, to which notices may be posted on a private network or over plain HTTP. Everybody who
     * can sign in can have the studio post there. */
    NOTICE_ORIGINS: Origins,
    /** The worker alone is given it: push services know the studio by it. */
    PUSH_KEY_FILE: z.string().min(1).optional(),
  })
  .refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM, {
    path: ["MAIL_FROM"],
    message: "is needed beside SMTP_URL",
  });

/** What the operator tells a process of the studio. */
export type Env = z.infer<typeof Environment>;

let parsed: Env | undefined;

/**
 * The environment, read at the first call and never again: `next build` loads modules where none of it is set.
 * Errors: throws with the names of the variables that are wrong, and never with a value: some are secrets.
 */
export function env(): Env {
  parsed ??= readEnv(process.env);
  return parsed;
}

/** Reads an environment from the variables it is given. Errors: as `env`. */
function readEnv(variables: Record<string, string | undefined>): Env {
  const read = Environment.safeParse(variables);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`The environment is wrong. ${faults.join(". ")}`);
}
