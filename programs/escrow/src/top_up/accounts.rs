use crate::checks;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::token::decimals;

pub struct Accounts<'a> {
    pub payer: &'a AccountView,
    pub escrow: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub source: &'a AccountView,
    pub mint: &'a AccountView,
    pub token_program: &'a AccountView,
    pub decimals: u8,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView]) -> Outcome<Self> {
        let [payer, escrow, vault, source, mint, token_program] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        let head = &*checks::escrow(escrow, program)?.head;
        checks::is(payer, &head.payer, Refusal::PayerWrong)?;
        checks::signed(payer, Refusal::PayerNotSigned)?;
        checks::is(vault, &head.vault, Refusal::VaultWrong)?;
        checks::is(mint, &head.mint, Refusal::MintWrong)?;
        if !vault.owned_by(token_program.address()) {
            return Err(Refusal::TokenProgramWrong.into());
        }
        if checks::key(source) == checks::key(vault) {
            return Err(Refusal::SourceWrong.into());
        }
        let decimals = decimals(checks::bytes(mint))?;
        Ok(Self { payer, escrow, vault, source, mint, token_program, decimals })
    }
}
