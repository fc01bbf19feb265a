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
  ".cm-scroller": {
    fontFamily: "inherit",
    lineHeight: "inherit",
    overflowX: "hidden",
    maxHeight: "var(--measure-code)",
  },
  ".cm-content": {
    padding: "var(--grid) 0",
    caretColor: "var(--ink)",
    minHeight: "100%",
    boxSizing: "border-box",
  },
  ".cm-line": { padding: "0 calc(var(--grid) * 2)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selected)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-soft)" },
  ".cm-tooltip": {
    border: "var(--hairline) solid var(--line)",
    borderRadius: "var(--radius-6)",
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    boxShadow: "var(--float)",
    fontFamily: "var(--sans)",
    fontSize: "var(--type-12)",
    lineHeight: "var(--lead-12)",
    zIndex: "50",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    maxWidth: "min(var(--measure-popover), 92vw)",
    maxHeight: "calc(var(--control-size) * 7)",
    padding: "var(--grid)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "center",
    gap: "calc(var(--grid) * 2)",
    minHeight: "var(--control-size)",
    padding: "0 calc(var(--grid) * 2)",
    borderRadius: "var(--radius-6)",
  },
  "& .cm-tooltip.cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--selected)",
    color: "var(--ink)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "var(--weight-strong)" },
  ".cm-completionDetail": {
    marginLeft: "auto",
    color: "var(--muted)",
    fontStyle: "normal",
    overflow: "hidden",
    textOverflow: "ellipsis",
  },
  ".cm-tooltip.cm-completionInfo": {
    padding: "calc(var(--grid) * 2)",
    maxWidth: "min(var(--measure-popover), 92vw)",
    color: "var(--muted)",
  },
  ".cm-completionInfo code": { color: "var(--ink)", fontFamily: "var(--mono)", whiteSpace: "pre-wrap" },
  ".cm-fault": {
    textDecoration: "underline wavy var(--bad) var(--hairline)",
    textUnderlineOffset: "calc(var(--grid) - var(--hairline))",
    textDecorationSkipInk: "none",
  },
  ".cm-told": {
    padding: "var(--grid) calc(var(--grid) * 2)",
    maxWidth: "min(var(--measure-popover), 92vw)",
    color: "var(--muted)",
  },
  ".cm-told-code": { color: "var(--ink)", fontFamily: "var(--mono)", whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  ".cm-told-code strong": { color: "var(--accent-ink)", fontWeight: "var(--weight-strong)" },
  ".cm-told-fault": { color: "var(--bad)" },
});
