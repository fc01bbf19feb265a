use crate::checks::{by_owner, destination, stake_of};
use frame::checks::record;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::account::Agent;

pub struct Accounts<'a> {
    pub agent: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub mint: &'a AccountView,
    pub token_program: &'a AccountView,
    pub destination: &'a AccountView,
    pub decimals: u8,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [owner, agent, vault, mint, token_program, to] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        by_owner(program, owner, agent)?;
        let found: &Agent = record(agent, program)?;
        let decimals = stake_of(found, vault, mint, token_program)?;
        destination(to, found, token_program)?;
        Ok(Self { agent, vault, mint, token_program, destination: to, decimals })
    }
}
