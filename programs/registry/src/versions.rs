use crate::addresses::{self, version_seeds};
use frame::addresses::SYSTEM;
use frame::checks::{fresh, is, key};
use frame::creation::{create, Creation};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::account::{Version, VERSION_SIZE};
use rules::registry::register::Declared;

/// Whether a version of this manifest can be made at this account: its bump.
pub fn check_new(program: &Address, agent: &AccountView, version: &AccountView, declared: &Declared) -> Outcome<u8> {
    let (address, bump) = addresses::version(key(agent), declared.manifest, program);
    is(version, address.as_array(), Refusal::VersionAddressWrong)?;
    if !version.owned_by(&SYSTEM) || !version.is_data_empty() {
        return Err(Refusal::VersionExists.into());
    }
    Ok(bump)
}

pub fn make(program: &Address, account: &mut AccountView, rent_payer: &AccountView, version: &Version) -> Outcome {
    let bump = [version.bump];
    let seeds = version_seeds(&version.agent, &version.manifest, &bump);
    create(&Creation { account, size: VERSION_SIZE, owner: program, seeds: &seeds }, rent_payer)?;
    *fresh::<Version>(account)? = *version;
    Ok(())
}
