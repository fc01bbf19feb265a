use frame::fault::Outcome;
use pinocchio::AccountView;
use rules::refusal::Refusal;

/// Gives the rent of an account back and ends the account.
pub fn return_rent(account: &mut AccountView, to: &mut AccountView) -> Outcome {
    let lamports = to.lamports().checked_add(account.lamports()).ok_or(Refusal::AmountOverflow)?;
    to.set_lamports(lamports);
    Ok(account.close()?)
}
