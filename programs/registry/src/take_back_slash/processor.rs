use crate::checks::arbiters;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;
use rules::registry::slash::take_back;

/// The arbiter takes its proposal back.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let account = arbiters(program, given)?;
    take_back(record_mut(account, program)?, now()?)?;
    Event::new(11, key(account)).log();
    Ok(())
}
