-- Of one payer so many questions wait and no more: each that is put counts those that wait, however many are over.
CREATE INDEX "question_open_of" ON "question"("payer") WHERE "state" = 'open';
