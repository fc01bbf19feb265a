use crate::addresses::{program_data, LOADER};
use crate::checks;
use crate::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Key;
use rules::refusal::Refusal;

/// Who may replace the program may also configure it, once. Read from the loader's own record: a number, the slot,
/// whether there is an authority, and the authority.
pub fn upgrade_authority<'a>(program: &Address, record: &'a AccountView) -> Outcome<&'a Key> {
    checks::is(record, program_data(program).as_array(), Refusal::ProgramDataWrong)?;
    let data = checks::bytes(record);
    let known = record.owned_by(&LOADER) && data.len() >= 45 && data[0] == 3 && data[12] == 1;
    match data.get(13..45).and_then(|key| key.first_chunk::<32>()) {
        Some(authority) if known => Ok(authority),
        _ => Err(Refusal::ProgramDataWrong.into()),
    }
}
