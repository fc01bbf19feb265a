"use client";

import { useEffect, useState } from "react";
import { useAgents } from "../../panels/studio/use-agents";
import { type Fresh, freshKinds } from "./fresh-kinds";

/** Everything that could be added now, with its ports; null until the worker has answered. */
export function useFresh(): { fresh: readonly Fresh[] | null; failed: boolean } {
  const { agents } = useAgents();
  const [fresh, setFresh] = useState<readonly Fresh[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    freshKinds(agents ?? []).then(
      (found) => wanted && setFresh(found),
      () => wanted && setFailed(true),
    );
    return () => {
      wanted = false;
    };
  }, [agents]);
  return { fresh, failed };
}
