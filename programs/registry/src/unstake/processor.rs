use crate::amount::parse;
use crate::checks::owners;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::account::Agent;
use rules::registry::stake::unstake;

/// The owner asks stake back. It can still be slashed until it has cooled down.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let amount = parse(data)?;
    let account = owners(program, given)?;
    let leaves_at = {
        let agent: &mut Agent = record_mut(account, program)?;
        unstake(agent, amount, now()?)?;
        agent.leaves_at
    };
    Event::new(5, key(account)).number(amount).number(leaves_at as u64).log();
    Ok(())
}
