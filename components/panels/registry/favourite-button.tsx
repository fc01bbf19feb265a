"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import { Star } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";

type FavouriteProps = { name: string; title: string; favourite: boolean };

/** A star that answers at once and goes back when the studio did not take it. */
export function FavouriteButton({ name, title, favourite }: FavouriteProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const is = wanted ?? favourite;
  const keep = useMutation(
    trpc.registry.setFavourite.mutationOptions({
      onError: () => {
        setWanted(null);
        toast({ status: "failed", title: `${title} was not changed: the studio does not answer.` });
      },
      onSuccess: () => queries.invalidateQueries(trpc.registry.pathFilter()),
    }),
  );
  function press() {
    setWanted(!is);
    keep.mutate({ name, favourite: !is });
  }
  return (
    <IconButton
      label={is ? `Remove ${title} from favourites` : `Add ${title} to favourites`}
      aria-pressed={is}
      icon={<Star aria-hidden className={clsx(is && "fill-current text-ink")} />}
      onClick={press}
    />
  );
}
