import { explainEdit } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { toast } from "@/components/ui/toast";
import type { NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { FlowNode } from "@/flows/graph/graph";
import { getIn, setIn } from "./change";
import { type PortNames, portEdits, settingEdits } from "./setting-edits";
import type { Shape } from "./shape";

/** Where a setting stands: the node, and the way to it in its settings. */
export type Place = { node: FlowNode; path: readonly string[] };

/** What every control is given. A setting that is not required may be taken away, so that its default holds. */
export type SettingProps<S extends Shape = Shape> = { at: Place; shape: S; required: boolean };

export const below = ({ node, path }: Place, name: string): Place => ({ node, path: [...path, name] });

export const valueAt = ({ node, path }: Place): Json | undefined => getIn(node.settings, path);

/** The place as if its default were written there: what is changed in it then begins from the default. */
export function withDefault({ node, path }: Place, initial: Json | undefined): Place {
  if (initial === undefined || getIn(node.settings, path) !== undefined) return { node, path };
  return { node: { ...node, settings: setIn(node.settings, path, initial) as FlowNode["settings"] }, path };
}

/** As a problem names it: `cases.0.when`. */
export const fieldOf = ({ path }: Place): string => path.join(".");

/** `name`: a step of undo of its own. Without one, what is typed into one place in a row is one step. */
export type SettingChange = {
  value: Json | undefined;
  name?: string;
  /** Tells apart what is typed into parts of a value that is written whole. */
  part?: string;
  port?: PortNames | undefined;
};

/** Changes the setting at a place; a port that it names takes its wires along, in the same step. */
export function changeAt({ node: shown, path }: Place, { value, name, part = "", port }: SettingChange): void {
  const { id } = shown;
  const { document, edit } = useStudio.getState();
  const node = document.nodes.find((each) => each.id === id);
  if (!node) return;
  const next = setIn(filledTo(node.settings, shown.settings, path), path, value) as FlowNode["settings"];
  const edits = [...settingEdits(node, next), ...(port ? portEdits(document, id, port) : [])];
  const refused = edit(edits, name ? { name } : { merge: `setting ${id} ${path.join(".")} ${part}` });
  if (refused) toast({ title: "Not changed", text: explainEdit(document, refused), status: "denied" });
}

/** The settings with what the path leads through, which is only shown as long as nobody changed it. */
function filledTo(settings: Json, shown: Json, path: readonly string[]): Json {
  const outer = path.slice(0, -1).map((_, place) => path.slice(0, place + 1));
  const first = outer.find((way) => getIn(settings, way) === undefined && getIn(shown, way) !== undefined);
  return first ? (setIn(settings, first, getIn(shown, first)) ?? {}) : settings;
}

/** What the compiler says of a setting, in one text; `deep` with what it says of what is in it. */
export function useCompilerProblem(node: NodeId, field: string, deep: boolean): string | undefined {
  return useStudio(({ problems }) =>
    problems
      .filter((problem) => problem.nodes.includes(node) && isAbout(problem.field, field, deep))
      .map(({ message, fix }) => `${message} ${fix}`)
      .join(" "),
  );
}

function isAbout(found: string | null, field: string, deep: boolean): boolean {
  return found === field || (deep && (found?.startsWith(`${field}.`) ?? false));
}
