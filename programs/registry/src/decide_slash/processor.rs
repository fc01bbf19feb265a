use super::accounts;
use crate::amount::parse;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::slash::decide;

/// The members uphold so much of a contested slash, or nothing of it.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let amount = parse(data)?;
    let account = accounts::check(program, given)?;
    decide(record_mut(account, program)?, amount, now()?)?;
    Event::new(9, key(account)).number(amount).log();
    Ok(())
}
