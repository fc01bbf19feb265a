/** A short text of our own, for samples that summarise something. */
export const article = `The double entry was not invented in a day. Merchants of Genoa and Florence had kept long rolls of names and sums for generations before anybody set the two sides of a trade beside each other. What they had noticed was simple: whatever one account gives, another account receives. A ledger that writes both halves of every trade cannot lose money without showing where it went.

In 1494 a teacher of mathematics in Venice, Luca Pacioli, described the practice in a chapter of a large book on arithmetic. He claimed no invention. He wrote down what careful merchants already did: an inventory, a day book, a journal and a ledger, each taken from the one before it. A trader, he advised, should not go to sleep at night before the debits equal the credits.

The method spread because it made trust portable. A partner in another city could read the books without having been there when they were written. A lender could see what a house owed before lending it more. A quarrel could be settled by following one entry to its pair, instead of by asking who remembered the day better.

Its weakness was always the hand that wrote. Pages could be torn out, sums copied wrongly, and whole books written anew before an audit. For four hundred years the answer was a rule for people: number the pages, forbid erasures, strike a wrong entry out and write its reversal underneath. The row itself was never to be changed.

Machines took the pen away and kept the rules. A database can refuse an update, demand that both sides of a transfer arrive together, and reject a balance below zero. A chain of hashes does for pages what numbering did: a page that was taken out, or put in later, no longer fits its neighbours.

What remains is the old question of who may write. A ledger proves that money moved as it says. It does not prove that anybody agreed to the movement. For that the books need a second thing beside the entries: the record of who was asked, what exactly they were shown, and what they answered.
`;
