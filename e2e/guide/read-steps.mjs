/**
 * One thing to do. Names are those that assistive technology reads out.
 *
 * @typedef {{ do: "press", name: string }
 *   | { do: "type", text: string, into: string }
 *   | { do: "choose", name: string, in: string }
 *   | { do: "use", file: string, for: string }
 *   | { do: "wire", from: Port, to: Port }
 *   | { do: "grow", from: Port, pick: string }
 *   | { do: "see", text: string }} Deed
 * @typedef {{ port: string, node: string }} Port
 */

const NAME = "\\*([^*]+)\\*";
const TEXT = "“([^”]+)”";
const PORT = `${NAME} of ${NAME}`;

/** @type {readonly { verb: string, expression: RegExp, make: (words: string[]) => Deed }[]} */
const FORMS = [
  form(`press ${NAME}`, ([name = ""]) => ({ do: "press", name })),
  form(`type ${TEXT} into ${NAME}`, ([text = "", into = ""]) => ({ do: "type", text, into })),
  form(`choose ${NAME} in ${NAME}`, ([name = "", field = ""]) => ({ do: "choose", name, in: field })),
  form(`use the file \\[?\`([^\`]+)\`(?:\\]\\([^)]*\\))? for ${NAME}`, ([file = "", field = ""]) => ({
    ...{ do: "use", file, for: field },
  })),
  form(`drag ${PORT} to ${PORT}`, ([port = "", node = "", end = "", other = ""]) => ({
    ...{ do: "wire", from: { port, node }, to: { port: end, node: other } },
  })),
  form(`drag ${PORT} onto nothing and pick ${NAME}`, ([port = "", node = "", pick = ""]) => ({
    ...{ do: "grow", from: { port, node }, pick },
  })),
  form(`read ${NAME}`, ([text = ""]) => ({ do: "see", text })),
];
const BETWEEN = /^(?:\.(?: |$)|, and then |, then |, and |, | and |: )/;
/** Verbs that a person would follow, whether they have a form or not. */
const VERB = /^(press|type|choose|use|drag|read|pick|click|open|select)\b/i;

/**
 * The numbered steps under a heading. A sentence that says what to do has one of the forms above, and several are joined by
 * commas; one that names nothing explains. Errors: throws at a sentence that names something and has no form.
 *
 * @param {string} markdown
 * @param {string} heading
 * @returns {Deed[][]}
 */
export function readSteps(markdown, heading) {
  const [, after] = markdown.split(`## ${heading}\n`);
  if (after === undefined) throw new Error(`there is no heading “${heading}”`);
  const part = after.split("\n## ")[0] ?? "";
  const items = [...part.matchAll(/^(\d+)\. (.+(?:\n +.+)*)/gm)];
  return items.map(([, number, text = ""], place) => {
    if (Number(number) !== place + 1) throw new Error(`step ${number} stands in place ${place + 1}`);
    return readStep(text.replace(/\s+/g, " ").trim());
  });
}

/** @param {string} text @returns {Deed[]} */
function readStep(text) {
  /** @type {Deed[]} */
  const deeds = [];
  let rest = text;
  let verb = "";
  while (rest !== "") {
    // “2” into *Sentences* goes on with the verb before it.
    const said = /^[*“]/.test(rest) && verb ? `${verb} ` : "";
    const found = deedAt(said + rest);
    if (found) {
      deeds.push(found.deed);
      rest = rest.slice(found.length - said.length);
      const [between] = BETWEEN.exec(rest) ?? refuse(rest);
      verb = between.startsWith(".") ? "" : found.verb;
      rest = rest.slice(between.length);
    } else {
      rest = explained(rest);
      verb = "";
    }
  }
  return deeds;
}

/** @param {string} text */
function deedAt(text) {
  for (const { verb, expression, make } of FORMS) {
    const found = expression.exec(text);
    if (found) return { deed: make(found.slice(1)), length: found[0].length, verb };
  }
  return null;
}

/** What comes after a sentence for the reader only. @param {string} text */
function explained(text) {
  const end = text.indexOf(". ");
  const sentence = end < 0 ? text : text.slice(0, end);
  if (/[*“`]/.test(sentence) || VERB.test(sentence)) refuse(text);
  return end < 0 ? "" : text.slice(end + 2);
}

/** @param {string} text @returns {never} */
function refuse(text) {
  throw new Error(`the guide cannot be followed here: ${text.slice(0, 80)}`);
}

/** “When the run waits for you, press …”: what is pressed is waited for anyhow. @param {string} source @param {(words: string[]) => Deed} make */
function form(source, make) {
  return { verb: source.split(" ")[0] ?? "", expression: new RegExp(`^(?:when [^*“.]+, )?${source}`, "i"), make };
}
