export type VerifyArguments = { file: string | null; trustedKeys: string[]; rpc: string | null; json: boolean };

/** The words after `npm run verify --`: one file, any number of trusted public keys, a server of the chain to ask, and how to print. */
export function readArguments(words: readonly string[]): VerifyArguments {
  const read: VerifyArguments = { file: null, trustedKeys: [], rpc: null, json: false };
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? "";
    if (word === "--json") read.json = true;
    else if (word === "--key") read.trustedKeys.push((words[++place] ?? "").toLowerCase());
    else if (word === "--rpc") read.rpc = words[++place] ?? null;
    else read.file ??= word;
  }
  return read;
}
