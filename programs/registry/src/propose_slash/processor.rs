use super::data::parse;
use crate::checks::arbiters;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::account::Agent;
use rules::registry::slash::propose;

/// The arbiter proposes to slash stake, and says why. Nothing moves before the owner could contest it.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let (amount, cause) = parse(data)?;
    let account = arbiters(program, given)?;
    let until = {
        let agent: &mut Agent = record_mut(account, program)?;
        propose(agent, amount, cause, now()?)?;
        agent.slash_until
    };
    Event::new(7, key(account)).number(amount).number(until as u64).key(cause).log();
    Ok(())
}
