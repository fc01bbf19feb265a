use super::data::parse;
use crate::checks::owners;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::account::Agent;
use rules::registry::slash::contest;

/// The owner is heard: from now on the members decide, and silence is the owner's.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let answer = parse(data)?;
    let account = owners(program, given)?;
    let until = {
        let agent: &mut Agent = record_mut(account, program)?;
        contest(agent, now()?)?;
        agent.slash_until
    };
    Event::new(8, key(account)).number(until as u64).key(answer).log();
    Ok(())
}
