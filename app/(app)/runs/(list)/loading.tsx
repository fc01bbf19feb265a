import { LoadingPage } from "@/components/panels/account/loading-page";

export default function Loading() {
  return <LoadingPage title="Runs" />;
}
