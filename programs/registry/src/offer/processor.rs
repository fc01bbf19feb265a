use super::data::parse;
use crate::checks::owners;
use frame::checks::{key, record_mut};
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::ownership::offer;

/// The owner offers the agent to somebody, or takes the offer back.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let heir = parse(data)?;
    let account = owners(program, given)?;
    offer(record_mut(account, program)?, heir);
    Event::new(12, key(account)).key(heir).log();
    Ok(())
}
