-- What somebody has put to the test says which secrets they are asked for before it is listed.
CREATE INDEX "conformance_run_owner_id_idx" ON "conformance_run"("owner_id");
