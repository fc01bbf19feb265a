-- A question that came of a change finds the yes of whoever changed it by what they agreed to.
CREATE INDEX "question_vote_changed" ON "question_vote" ("subject") WHERE "edits" IS NOT NULL;
