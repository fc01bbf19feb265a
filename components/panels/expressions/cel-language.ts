import { StreamLanguage, type StreamParser, type StringStream } from "@codemirror/language";

type Where = { inside: boolean; depth: number };

const WORDS = new Set(["in"]);
const CONSTANTS = new Set(["true", "false", "null"]);

/** The colours of CEL, token by token: what it means is the compiler's business, not the editor's. */
export const cel = StreamLanguage.define(celParser(true));

/** A text in which only what stands between double braces is CEL. */
export const template = StreamLanguage.define(celParser(false));

function celParser(whole: boolean): StreamParser<Where> {
  return {
    name: whole ? "cel" : "cel-template",
    startState: () => ({ inside: whole, depth: 0 }),
    copyState: (state) => ({ ...state }),
    token: (stream, state) => (whole ? token(stream) : inText(stream, state)),
    languageData: { closeBrackets: { brackets: whole ? ["(", "[", "{", "'", '"'] : ["{"] } },
  };
}

function inText(stream: StringStream, state: Where): string | null {
  if (!state.inside) {
    if (stream.match("{{")) {
      Object.assign(state, { inside: true, depth: 0 });
      return "brace";
    }
    stream.next();
    stream.eatWhile(/[^{]/);
    return null;
  }
  if (state.depth === 0 && stream.match("}}")) {
    state.inside = false;
    return "brace";
  }
  const next = stream.peek();
  if (next === "{") state.depth += 1;
  if (next === "}") state.depth = Math.max(0, state.depth - 1);
  return token(stream);
}

function token(stream: StringStream): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^\/\/.*/)) return "comment";
  if (stream.match(/^[rbRB]{0,2}("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/)) return "string";
  if (stream.match(/^(0x[0-9a-fA-F]+|\d+(\.\d+)?([eE][+-]?\d+)?)u?/)) return "number";
  const [word] = (stream.match(/^[A-Za-z_]\w*/) as RegExpMatchArray | null) ?? [];
  if (word !== undefined) return wordLook(stream, word);
  if (stream.match(/^(&&|\|\||[=!<>]=|[-+*/%<>!?:])/)) return "operator";
  stream.next();
  return "punctuation";
}

function wordLook(stream: StringStream, word: string): string {
  if (CONSTANTS.has(word)) return "bool";
  if (WORDS.has(word)) return "operatorKeyword";
  if (stream.match(/^\s*\(/, false)) return "variableName.function";
  const before = stream.string.slice(0, stream.pos - word.length).trimEnd();
  return before.endsWith(".") ? "propertyName" : "variableName";
}
