use crate::checks;
use frame::addresses::associated;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::same;
use rules::escrow::close::Closer;
use rules::refusal::Refusal;
use rules::token::{belongs_to, takes_tokens};

pub struct Accounts<'a> {
    pub escrow: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub mint: &'a AccountView,
    pub token_program: &'a AccountView,
    pub refund: &'a AccountView,
    pub rent_payer: &'a mut AccountView,
    pub closer: Closer,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView], lines: &[[u8; 1]]) -> Outcome<Self> {
        let [escrow, vault, mint, token_program, refund, rent_payer, payer, settler, payees @ ..] = given else {
            return Err(Refusal::AccountsMissing.into());
        };
        if payees.len() != lines.len() {
            return Err(Refusal::AccountsMissing.into());
        }
        let found = checks::escrow(escrow, program)?;
        let head = &*found.head;
        checks::is(vault, &head.vault, Refusal::VaultWrong)?;
        checks::is(mint, &head.mint, Refusal::MintWrong)?;
        checks::is(rent_payer, &head.rent_payer, Refusal::RentPayerWrong)?;
        checks::is(payer, &head.payer, Refusal::PayerWrong)?;
        checks::is(settler, &head.settler, Refusal::SettlerWrong)?;
        if !vault.owned_by(token_program.address()) {
            return Err(Refusal::TokenProgramWrong.into());
        }
        if !same(checks::key(refund), &head.refund) {
            check_other_refund(refund, payer, mint, token_program)?;
        }
        for ([line], account) in lines.iter().zip(payees.iter()) {
            let payee = found.payees.get(*line as usize).ok_or(Refusal::LineUnknown)?;
            checks::is(account, &payee.account, Refusal::PayeeAccountWrong)?;
            let owned = account.owned_by(token_program.address());
            if owned && takes_tokens(checks::bytes(account), checks::key(mint)) {
                return Err(Refusal::EarningsUnpaid.into());
            }
        }
        let both = payer.is_signer() && settler.is_signer();
        let closer = if both { Closer::PayerAndSettler } else { Closer::Anyone };
        Ok(Self { escrow, vault, mint, token_program, refund, rent_payer, closer })
    }
}

/// Should the payer have closed the account that it named, its associated account takes the place: anybody can make it,
/// and nobody else owns it.
#[inline(never)]
fn check_other_refund(
    refund: &AccountView,
    payer: &AccountView,
    mint: &AccountView,
    token_program: &AccountView,
) -> Outcome {
    let (payer, mint) = (checks::key(payer), checks::key(mint));
    let address = associated(payer, checks::key(token_program), mint);
    checks::is(refund, address.as_array(), Refusal::RefundAccountWrong)?;
    if refund.owned_by(token_program.address()) && belongs_to(checks::bytes(refund), mint, payer) {
        Ok(())
    } else {
        Err(Refusal::RefundAccountWrong.into())
    }
}
