use crate::checks::{by_owner, stake_of};
use frame::checks::{key, record};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;

pub struct Accounts<'a> {
    pub owner: &'a AccountView,
    pub agent: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub source: &'a AccountView,
    pub mint: &'a AccountView,
    pub token_program: &'a AccountView,
    pub decimals: u8,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [owner, agent, vault, source, mint, token_program] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        by_owner(program, owner, agent)?;
        let decimals = stake_of(record(agent, program)?, vault, mint, token_program)?;
        if key(source) == key(vault) {
            return Err(Refusal::SourceWrong.into());
        }
        Ok(Self { owner, agent, vault, source, mint, token_program, decimals })
    }
}
