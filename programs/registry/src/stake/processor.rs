use super::accounts::Accounts;
use crate::amount::parse;
use frame::checks::{key, record_mut};
use frame::events::Event;
use frame::fault::Outcome;
use frame::tokens::Way;
use pinocchio::{AccountView, Address};
use rules::registry::account::Agent;
use rules::registry::stake::stake;

/// The owner puts more at stake.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let amount = parse(data)?;
    let accounts = Accounts::check(program, given)?;
    let staked = {
        let agent: &mut Agent = record_mut(accounts.agent, program)?;
        stake(agent, amount)?;
        agent.staked
    };
    let way = Way {
        token_program: accounts.token_program,
        mint: accounts.mint,
        decimals: accounts.decimals,
        authority: accounts.owner,
        seeds: None,
    };
    way.transfer(accounts.source, accounts.vault, amount)?;
    Event::new(4, key(accounts.agent)).number(amount).number(staked).log();
    Ok(())
}
