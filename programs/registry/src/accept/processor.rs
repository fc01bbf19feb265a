use super::accounts::Accounts;
use frame::checks::{key, record_mut};
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;
use rules::registry::ownership::accept;

/// Whoever it was offered to takes the agent over: a key that nobody holds cannot become its owner.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let accounts = Accounts::check(program, given)?;
    let heir = key(accounts.heir);
    accept(record_mut(accounts.agent, program)?, heir)?;
    Event::new(13, key(accounts.agent)).key(heir).log();
    Ok(())
}
