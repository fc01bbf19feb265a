"use client";

import { type Broken, BrokenPage } from "@/components/panels/account/broken-page";

export default function PageError(props: Broken) {
  return <BrokenPage {...props} />;
}
