-- Who is invited into an organisation, as what. Nobody belongs to one before they said so themselves. `user_id` is what the
-- inviter wrote: whether there is such an account is not looked up, so that inviting tells nobody.
CREATE TABLE "invitation" (
    "org_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "by_id" TEXT NOT NULL,
    "roles" TEXT[] NOT NULL CHECK (roles <@ ARRAY['composer', 'approver', 'operator', 'admin']),
    "groups" TEXT[] NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("org_id", "user_id")
);
CREATE INDEX "invitation_user_id_idx" ON "invitation"("user_id");
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
