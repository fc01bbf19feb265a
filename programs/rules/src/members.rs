use crate::bytes::{same, Key};
use crate::refusal::Refusal;

pub const MOST_MEMBERS: usize = 8;

/// Whether enough members are among those who signed. Nobody counts twice.
pub fn agreed<'k>(
    threshold: u8,
    members: &[Key],
    signed: impl Iterator<Item = &'k Key> + Clone,
) -> Result<(), Refusal> {
    let count = members.iter().filter(|member| signed.clone().any(|key| same(key, member))).count();
    if threshold > 0 && count >= threshold as usize {
        Ok(())
    } else {
        Err(Refusal::MembersTooFew)
    }
}

/// Refuses members that repeat, that are too many, or of whom more or fewer would have to agree than there are.
pub fn check(threshold: u8, members: &[Key]) -> Result<(), Refusal> {
    let repeated = members.iter().enumerate().any(|(at, key)| members[..at].iter().any(|other| same(other, key)));
    if members.len() > MOST_MEMBERS || threshold == 0 || threshold as usize > members.len() || repeated {
        return Err(Refusal::MembersWrong);
    }
    Ok(())
}
