import type { PrismaClient } from "@/generated/prisma/client";

/** The account that our own agents are paid into, in every currency that can pay them. */
export async function openHouseAccounts(db: PrismaClient): Promise<void> {
  const currencies = ["microcredits", "trial_microcredits"];
  await db.ledgerAccount.createMany({
    data: currencies.map((currency) => ({ id: `main:studio:${currency}`, owner: "studio", purpose: "main", currency })),
    skipDuplicates: true,
  });
}
