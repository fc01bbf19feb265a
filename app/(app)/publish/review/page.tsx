import type { Metadata } from "next";
import { ReviewPage } from "@/components/panels/publishing/review-page";

export const metadata: Metadata = { title: "Review" };

export default function QueuePage() {
  return <ReviewPage />;
}
