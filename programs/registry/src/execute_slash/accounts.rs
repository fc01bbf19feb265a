use crate::checks::stake_of;
use frame::checks::{bytes, is, record};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::account::Agent;
use rules::token::{owner_of, takes_tokens};

pub struct Accounts<'a> {
    pub agent: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub mint: &'a AccountView,
    pub token_program: &'a AccountView,
    pub forfeit: &'a AccountView,
    pub decimals: u8,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [agent, vault, mint, token_program, forfeit] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        let found: &Agent = record(agent, program)?;
        let decimals = stake_of(found, vault, mint, token_program)?;
        is(forfeit, &found.forfeit, Refusal::ForfeitAccountWrong)?;
        check_forfeit(found, forfeit, token_program)?;
        Ok(Self { agent, vault, mint, token_program, forfeit, decimals })
    }
}

/// The account may have been given away since the agent was registered: still nobody is paid who had a part in it.
fn check_forfeit(agent: &Agent, forfeit: &AccountView, token_program: &AccountView) -> Outcome {
    let data = bytes(forfeit);
    if !forfeit.owned_by(token_program.address()) || !takes_tokens(data, &agent.mint) {
        return Err(Refusal::ForfeitAccountWrong.into());
    }
    match owner_of(data, &agent.mint) {
        Some(owner) if *owner != agent.arbiter && *owner != agent.owner => Ok(()),
        _ => Err(Refusal::ForfeitOfParty.into()),
    }
}
