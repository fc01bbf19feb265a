import { toast } from "@/components/ui/toast";
import { useStudio } from "../../store/studio-store";
import { askEditing } from "../editing/ask-editing";
import type { Level } from "../editing/editing-message";
import { tidyEdit } from "../editing/tidy";

/** Works in a worker; what somebody draws meanwhile counts more. A flow that was moved as a whole is shown as a whole. */
export async function tidyUp(showAll: () => void) {
  const { document, ports, selection } = useStudio.getState();
  try {
    const layOut = (level: Level) => askEditing({ say: "layout", level });
    const edit = await tidyEdit({ document, ports }, selection.nodes, layOut);
    const now = useStudio.getState();
    if (now.flow !== null && now.document === document && edit) {
      now.edit(edit, { name: "Tidy up" });
      if (selection.nodes.length < 2) requestAnimationFrame(showAll);
    } else if (edit) toast({ title: "Not tidied up", text: "The drawing changed meanwhile. Try again." });
    else toast({ title: "Nothing to tidy up", text: "Everything already stands in its column." });
  } catch {
    toast({ title: "Not tidied up", text: "The part that does it could not be loaded. Try again.", status: "failed" });
  }
}
