"use client";

import { useEffect, useState } from "react";
import type { AskedQuestion } from "@/components/api/answers";

/** Whether the digest that is answered is the digest of what stands on this screen, taken in this browser. */
export type SubjectCheck = "checking" | "same" | "different" | "unchecked";

type Told = { about: AskedQuestion["about"]; digest: string | null };

/** Taken anew for every content that is shown: an old verdict says nothing about a new card. */
export function useShownSubject({ subject, about }: Pick<AskedQuestion, "subject" | "about">): SubjectCheck {
  const [told, setTold] = useState<Told | null>(null);
  useEffect(() => {
    let gone = false;
    const tell = (digest: string | null) => gone || setTold({ about, digest });
    import("@/flows/plan/digest").then(
      ({ digestOf }) => tell(digestOf(about)),
      () => tell(null),
    );
    return () => {
      gone = true;
    };
  }, [about]);
  if (told?.about !== about) return "checking";
  if (told.digest === null) return "unchecked";
  return told.digest === subject ? "same" : "different";
}
