export type VerifyArguments = { file: string | null; trustedKeys: string[]; json: boolean };

/** The words after `npm run verify --`: one file, any number of trusted public keys, and how to print. */
export function readArguments(words: readonly string[]): VerifyArguments {
  const read: VerifyArguments = { file: null, trustedKeys: [], json: false };
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? "";
    if (word === "--json") read.json = true;
    else if (word === "--key") read.trustedKeys.push((words[++place] ?? "").toLowerCase());
    else read.file ??= word;
  }
  return read;
}
