use rules::bytes::{Key, Reader};
use rules::refusal::Refusal;

pub struct Settings<'a> {
    pub threshold: u8,
    pub members: &'a [Key],
    pub mints: &'a [Key],
}

/// How many members must agree, how many members there are, and all keys: members first, then mints.
pub fn parse(data: &[u8]) -> Result<Settings<'_>, Refusal> {
    let mut reader = Reader::new(data);
    let (threshold, members) = (reader.byte()?, reader.byte()? as usize);
    let (members, mints) = reader.rows::<32>()?.split_at_checked(members).ok_or(Refusal::DataMalformed)?;
    Ok(Settings { threshold, members, mints })
}
