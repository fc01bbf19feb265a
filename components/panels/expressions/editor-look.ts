import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Literals take the colours of what flows; names stay ink, so that what was typed reads as one text. */
export const colours = HighlightStyle.define([
  { tag: tags.string, color: "var(--port-text)" },
  { tag: tags.number, color: "var(--port-number)" },
  { tag: tags.bool, color: "var(--port-boolean)" },
  { tag: [tags.operator, tags.operatorKeyword, tags.punctuation], color: "var(--muted)" },
  { tag: tags.comment, color: "var(--faint)" },
  { tag: tags.brace, color: "var(--accent-ink)", fontWeight: "var(--weight-strong)" },
  { tag: [tags.variableName, tags.propertyName], color: "var(--ink)" },
  { tag: tags.function(tags.variableName), color: "var(--accent-ink)" },
]);

/** Tokens only; both themes are in them. */
export const look = EditorView.theme({
  "&": { flex: "1 1 auto", minWidth: 0, backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", overflowX: "hidden" },
  ".cm-content": {
    padding: "var(--grid) 0",
    caretColor: "var(--ink)",
    minHeight: "100%",
    boxSizing: "border-box",
  },
  ".cm-line": { padding: "0 calc(var(--grid) * 2)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selected)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-soft)" },
});
