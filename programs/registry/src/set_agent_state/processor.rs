use super::accounts;
use crate::movers::parse;
use frame::checks::{key, record_mut};
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::account::Agent;
use rules::registry::states::moved;

/// The owner puts an agent up, deprecates or stops it; the arbiter stops it and lets it go on.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let state = parse(data)?;
    let (account, mover) = accounts::check(program, given)?;
    let agent: &mut Agent = record_mut(account, program)?;
    moved(agent.state, state, mover)?;
    agent.state = state;
    Event::new(2, key(account)).number(state as u64).log();
    Ok(())
}
